using Efento.Portal.Access;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>Tokens as people read them.</summary>
public static class TokenWords
{
    /// <summary>What a scope lets a program do.</summary>
    public static string Scope(string scope) => scope switch
    {
        ApiScopes.MeasurementsRead => "Read measurements",
        ApiScopes.GatewaysRead => "Read gateways",
        ApiScopes.AlarmsRead => "Read alarms",
        ApiScopes.AlarmsAcknowledge => "Acknowledge alarms",
        ApiScopes.MaintenanceWrite => "Turn maintenance on and off",
        ApiScopes.AllReads => "Read everything",
        _ => scope,
    };

    /// <summary>What a message brought.</summary>
    public static string Brought(int records) => records switch
    {
        0 => "a heartbeat",
        1 => "1 record",
        _ => $"{records} records",
    };
}
