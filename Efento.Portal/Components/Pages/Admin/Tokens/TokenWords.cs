using System.Globalization;
using Efento.Portal.Access;

namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>Texts about tokens.</summary>
internal static class TokenWords
{
    /// <summary>What a scope allows a program to do.</summary>
    public static string Scope(string scope) => scope switch
    {
        ApiScopes.MeasurementsRead => TokensText.ScopeMeasurementsRead,
        ApiScopes.GatewaysRead => TokensText.ScopeGatewaysRead,
        ApiScopes.AlarmsRead => TokensText.ScopeAlarmsRead,
        ApiScopes.AlarmsAcknowledge => TokensText.ScopeAlarmsAcknowledge,
        ApiScopes.RulesRead => TokensText.ScopeRulesRead,
        ApiScopes.RulesWrite => TokensText.ScopeRulesWrite,
        ApiScopes.DeliveriesRead => TokensText.ScopeDeliveriesRead,
        ApiScopes.MetricsRead => TokensText.ScopeMetricsRead,
        ApiScopes.MaintenanceWrite => TokensText.ScopeMaintenanceWrite,
        ApiScopes.AllReads => TokensText.ScopeAllReads,
        _ => scope,
    };

    /// <summary>The content of a message.</summary>
    public static string Brought(int records) =>
        records == 0 ? TokensText.BroughtHeartbeat : TokensText.Records(records.ToString("N0", CultureInfo.CurrentCulture), records);
}
