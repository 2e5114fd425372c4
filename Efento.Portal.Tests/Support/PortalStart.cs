using Microsoft.AspNetCore.Builder;

namespace Efento.Portal.Tests.Support;

/// <summary>How a portal under test is started; everything has a default.</summary>
public sealed record PortalStart
{
    /// <summary>The clock the portal sees. The default is the real one.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Whether the administrator of the tests is made at the start. The default is true.</summary>
    public bool IsSetUp { get; init; } = true;

    /// <summary>Settings by their full name, such as "Portal:Ingest:MaxBodyBytes".</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>
    /// Where the data is; it stays when the portal is disposed. The default is a temporary directory that goes with the portal.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>What else is to be changed before the portal is built.</summary>
    public Action<WebApplicationBuilder>? Customise { get; init; }
}
