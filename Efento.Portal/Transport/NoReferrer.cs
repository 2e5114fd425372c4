namespace Efento.Portal.Transport;

/// <summary>Marks routes whose addresses hold a code: no other site, and no other page, learns them from browsers.</summary>
internal sealed class NoReferrer;
