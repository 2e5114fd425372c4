using System.Text.RegularExpressions;

namespace Efento.Portal.Notifications.Documents;

/// <summary>
/// Secrets that a document names instead of telling them: <c>"env:PORTAL_SECRET_MAIL"</c>. No other environment variable is read, because
/// a document might come from somebody who should not learn them.
/// </summary>
internal static partial class SecretVariable
{
    private const string Mark = "env:";

    /// <summary>Whether a text names a variable, right or wrong.</summary>
    public static bool IsNamed(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The name of the variable; null if it may not be read.</summary>
    public static string? NameOf(string text) => Allowed().IsMatch(text[Mark.Length..]) ? text[Mark.Length..] : null;

    /// <summary>The variables that a document names and that this process has.</summary>
    public static Dictionary<string, string> Among(string document) => Named().Matches(document).Select(m => m.Groups[1].Value).Distinct()
        .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
        .Where(v => v.Value is { Length: > 0 }).ToDictionary(v => v.Name, v => v.Value!);

    [GeneratedRegex(@"^PORTAL_SECRET_[A-Z0-9_]+\z")]
    private static partial Regex Allowed();

    [GeneratedRegex("\"env:(PORTAL_SECRET_[A-Z0-9_]+)\"")]
    private static partial Regex Named();
}
