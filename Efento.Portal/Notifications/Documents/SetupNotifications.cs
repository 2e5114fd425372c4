using System.Collections.Immutable;
using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Notifications.Documents;

/// <summary>
/// Takes the channels, people and chains of the unattended set-up (<c>Portal:Setup:Notifications</c>) while nobody has made any.
/// </summary>
internal sealed class SetupNotifications(
    IDbContextFactory<PortalDbContext> database, NotificationDocuments documents, IOptions<PortalOptions> options)
{
    private const string Setting = "Portal:Setup:Notifications";

    /// <summary>Takes them.</summary>
    /// <exception cref="SettingsException">The file can't be read, or something in it is wrong; everything that is wrong is named.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken = default)
    {
        if (options.Value.Setup.Notifications is { Length: > 0 } path && await IsFirstAsync(cancellationToken))
        {
            var outcome = await documents.ImportAsync(
                Actor.Portal, await ReadAsync(path, cancellationToken), ImmutableDictionary<string, string>.Empty, isTrial: false,
                cancellationToken);
            if (!outcome.IsDone)
            {
                throw new SettingsException([.. outcome.Faults.Select(f => FaultOf(path, f))]);
            }
        }
    }

    private static SettingFault FaultOf(string path, NotificationFault fault) =>
        new($"{Setting}: {path}", NotificationFaultWords.InWords(fault).TrimEnd('.'), "");

    /// <summary>Whoever removed everything wants nothing of it back.</summary>
    private async Task<bool> IsFirstAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return !await db.NotificationChannels.AnyAsync(cancellationToken)
            && !await db.AuditEntries.AnyAsync(e => e.Action == NotificationAudit.Made, cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([new SettingFault(Setting, fault.Message.TrimEnd('.'), "")]);
        }
    }
}
