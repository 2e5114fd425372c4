using System.Globalization;
using Efento.Portal.Access;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out requests of commands, in the running portal or in a command's own process, one at a time.</summary>
internal sealed class ControlPanel(
    TokenIssuer issuer, LocationLookup locations, UserOperations users, MaintenanceOperations maintenance, ClockCounter clock,
    RuleOperations rules, NotificationOperations notifications, OutgoingOperations outgoing, BackupOperations backup,
    HeldOperations held) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Carries out a request.</summary>
    public async Task<ControlReply> DoAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (request is CopyForBackup)
        {
            // It takes minutes, and changes nothing.
            return await backup.CopyAsync(cancellationToken);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await (request switch
            {
                AddToken add => AddTokenAsync(add, cancellationToken),
                ListTokens => ListTokensAsync(cancellationToken),
                RevokeToken revoke => RevokeTokenAsync(revoke, cancellationToken),
                StartMaintenance start => maintenance.StartAsync(start, cancellationToken),
                EndMaintenance => maintenance.EndAsync(cancellationToken),
                PlanMaintenance plan => maintenance.PlanAsync(plan, cancellationToken),
                CancelMaintenance cancel => maintenance.CancelAsync(cancel, cancellationToken),
                AcceptClock => clock.AcceptAsync(cancellationToken),
                ShowClock => clock.ShowAsync(cancellationToken),
                ShowMaintenance => Task.FromResult(maintenance.Show()),
                AddUser add => users.AddAsync(add, cancellationToken),
                LimitUser limit => users.LimitAsync(limit, cancellationToken),
                ResetUser reset => users.ResetAsync(reset, cancellationToken),
                ListUsers => users.ListAsync(cancellationToken),
                ExportRules => rules.ExportAsync(cancellationToken),
                ImportRules import => rules.ImportAsync(import, cancellationToken),
                ExportNotifications => notifications.ExportAsync(cancellationToken),
                ImportNotifications import => notifications.ImportAsync(import, cancellationToken),
                ListOutgoing => outgoing.ListAsync(cancellationToken),
                ResetOutgoing reset => outgoing.ResetAsync(reset, cancellationToken),
                NoteBackup note => backup.NoteAsync(note, cancellationToken),
                ShowHeld => held.ShowAsync(cancellationToken),
                ReleaseHeld release => held.ReleaseAsync(release, cancellationToken),
                _ => throw new NotSupportedException($"{request.GetType().Name} is no request of the portal."),
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<ControlReply> AddTokenAsync(AddToken add, CancellationToken cancellationToken)
    {
        var (limit, fault) = await locations.LimitToAsync(add.Locations, cancellationToken);
        if (fault is not null)
        {
            return ControlReply.Failed(fault);
        }

        if (add.IsForApi && limit is not null && ApiScopes.OfWholeSite((add.Scopes ?? "").Split(' ')) is { } ofSite)
        {
            return ControlReply.Failed(AccessWords.Of(new AccessFault(AccessFaultKind.TokenScopeOfSite, ofSite)));
        }

        var token = add.Token ?? Guid.NewGuid().ToString();
        var isAdded = add.IsForApi
            ? await issuer.AddApiTokenAsync(Actor.Command, add.Name, add.Scopes ?? ApiScopes.AllReads, token, limit, cancellationToken)
            : await issuer.AddGatewayTokenAsync(Actor.Command, add.Name, token, cancellationToken);
        return isAdded
            ? ControlReply.Done(token) with { Notes = ["The token is valid now. It can't be shown again."] }
            : ControlReply.Failed("This token was issued before; nothing was changed.");
    }

    private async Task<ControlReply> ListTokensAsync(CancellationToken cancellationToken)
    {
        var tree = await locations.ReadAsync(cancellationToken);
        return ControlReply.Table(
            ["ID", "FOR", "ISSUED (UTC)", "EXPIRES (UTC)", "REVOKED (UTC)", "NAME", "SEES"],
            [
                .. (await issuer.ListGatewayTokensAsync(cancellationToken)).Select(
                    t => Row(t.Id, "gateway", t.CreatedUtc, t.ExpiresUtc, t.RevokedUtc, t.Name, "")),
                .. (await issuer.ListApiTokensAsync(cancellationToken)).Select(t =>
                    Row(
                        t.Id, "api", t.CreatedUtc, t.ExpiresUtc, t.RevokedUtc, t.Name,
                        LocationLookup.Sees(LocationLimit.Parse(t.Locations), tree))),
            ]);
    }

    private async Task<ControlReply> RevokeTokenAsync(RevokeToken revoke, CancellationToken cancellationToken)
    {
        var faults = revoke.IsForApi
            ? await issuer.RevokeApiTokenAsync(Actor.Command, revoke.Id, null, null, cancellationToken)
            : await issuer.RevokeGatewayTokenAsync(Actor.Command, revoke.Id, null, null, cancellationToken);
        var kind = revoke.IsForApi ? "API" : "gateway";
        return faults.Count == 0
            ? ControlReply.Done($"The {kind} token {revoke.Id} is revoked.")
            : ControlReply.Failed($"There is no valid {kind} token {revoke.Id}; nothing was changed. See \"tokens list\".");
    }

    private static string[] Row(
        int id, string kind, DateTimeOffset issuedUtc, DateTimeOffset? expiresUtc, DateTimeOffset? revokedUtc, string name, string sees) =>
        [id.ToString(CultureInfo.InvariantCulture), kind, InWords(issuedUtc), InWords(expiresUtc), InWords(revokedUtc), name, sees];

    private static string InWords(DateTimeOffset? timeUtc) => timeUtc?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
