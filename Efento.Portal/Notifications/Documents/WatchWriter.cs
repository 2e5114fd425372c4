using Efento.Portal.Data;
using Efento.Portal.Notifications.Watching;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Changes how the portal lets others know that it watches, within a transaction.</summary>
internal sealed class WatchWriter(
    PortalDbContext db, ChannelVault vault, TimeProvider time, List<NotificationFault> faults, List<NotificationChange> changes)
{
    /// <summary>How the audit trail names it.</summary>
    private const string Subject = "watching";

    /// <summary>Makes it so; null ends it.</summary>
    public async Task TakeAsync(WatchDraft? draft, CancellationToken cancellationToken)
    {
        var row = await db.NotificationWatchings.SingleOrDefaultAsync(cancellationToken);
        if (draft is null)
        {
            Remove(row);
        }
        else if (draft.Call is { Url: null } && row?.CallAddress is null)
        {
            faults.Add(new(NotificationFaultKind.Missing, $"{WatchReader.Field}.deadMan.{SecretFields.Url}"));
        }
        else
        {
            await TakeAsync(draft, row, cancellationToken);
        }
    }

    private void Remove(NotificationWatching? row)
    {
        if (row is not null)
        {
            db.NotificationWatchings.Remove(row);
            changes.Add(new(NotificationChangeKind.Removed, Subject, NotificationInWords.Of(row), null));
        }
    }

    private async Task TakeAsync(WatchDraft draft, NotificationWatching? row, CancellationToken cancellationToken)
    {
        var old = row is null ? null : NotificationInWords.Of(row);
        var hadMail = row?.MailMinute is not null;
        if (row is null)
        {
            db.NotificationWatchings.Add(row = new());
        }

        TakeMail(row, draft.Mail);
        if (draft.Mail is not null && !hadMail)
        {
            // Whoever asks for a mail at seven does not want today's at noon.
            row.MailedDay = await LastDueAsync(row, draft.Mail.AtMinute, cancellationToken);
        }

        var isOtherAddress = TakeCall(row, draft.Call);
        Tell(old, isOtherAddress ? $"{NotificationInWords.Of(row)} (another address)" : NotificationInWords.Of(row));
    }

    private void Tell(string? old, string now)
    {
        if (old != now)
        {
            changes.Add(new(old is null ? NotificationChangeKind.Made : NotificationChangeKind.Changed, Subject, old, now));
        }
    }

    private static void TakeMail(NotificationWatching row, WatchMailDraft? mail)
    {
        (row.MailMinute, row.MailZone) = (mail?.AtMinute, mail?.TimeZone);
        row.MailPeople = string.Join(' ', mail?.People ?? []);
    }

    private async Task<DateOnly> LastDueAsync(NotificationWatching row, int minute, CancellationToken cancellationToken)
    {
        var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return MailTime.LastDue(MailTime.ZoneOf(row.MailZone, site?.TimeZone), minute, time.GetUtcNow());
    }

    /// <returns>Whether another address took the place of one.</returns>
    private bool TakeCall(NotificationWatching row, WatchCallDraft? call)
    {
        var before = vault.Unseal(row.CallAddress);
        var isChanged = call?.Url is not null && call.Url != before;
        if (isChanged)
        {
            (row.CallAddress, row.CallHost) = (vault.Seal(call!.Url!), new Uri(call.Url!).Host);
        }
        else if (call is null)
        {
            (row.CallAddress, row.CallHost) = (null, null);
        }

        (row.CallIsPost, row.CallEveryMs) = (call?.IsPost ?? false, call?.EveryMs ?? 0);
        row.CallAllowsPrivateNetworks = call?.AllowPrivateNetworks ?? false;
        return isChanged && before is not null;
    }
}
