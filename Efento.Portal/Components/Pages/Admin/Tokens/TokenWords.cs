using System.Globalization;
using Efento.Portal.Access;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>Tokens as people read them.</summary>
public static class TokenWords
{
    /// <summary>What a scope lets a program do.</summary>
    public static string Scope(string scope) => scope switch
    {
        ApiScopes.MeasurementsRead => TokensText.ScopeMeasurementsRead,
        ApiScopes.GatewaysRead => TokensText.ScopeGatewaysRead,
        ApiScopes.AlarmsRead => TokensText.ScopeAlarmsRead,
        ApiScopes.AlarmsAcknowledge => TokensText.ScopeAlarmsAcknowledge,
        ApiScopes.MaintenanceWrite => TokensText.ScopeMaintenanceWrite,
        ApiScopes.AllReads => TokensText.ScopeAllReads,
        _ => scope,
    };

    /// <summary>What a message brought.</summary>
    public static string Brought(int records) => records == 0 ? TokensText.BroughtHeartbeat : TokensText.Records(records.ToString("N0", CultureInfo.CurrentCulture), records);
}
