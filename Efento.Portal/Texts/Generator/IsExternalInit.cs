namespace System.Runtime.CompilerServices;

/// <summary>Required by records, and missing in .NET Standard 2.0.</summary>
internal static class IsExternalInit;
