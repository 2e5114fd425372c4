using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Documents;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Health;

/// <summary>Notes with each attempt how its channel fares, in the transaction that notes what became of the attempt.</summary>
internal sealed class HealthNotes(ChannelBoard board, AuditTrail audit, LiveFeed feed, TimeProvider time)
{
    /// <summary>The most letters of an answer that are kept.</summary>
    private const int MostLetters = 500;

    /// <summary>Notes an attempt.</summary>
    /// <param name="db">The writing context of the transaction.</param>
    /// <param name="channel">The key of the channel.</param>
    /// <param name="result">What became of the attempt.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How the channel fares now; null if it is not there any more.</returns>
    public async Task<ChannelHealth?> TakeAsync(
        PortalDbContext db, string channel, SendResult result, CancellationToken cancellationToken)
    {
        var row = await db.NotificationChannels.AsNoTracking().FirstOrDefaultAsync(c => c.Key == channel, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var its = await OfAsync(db, channel, cancellationToken);
        if (ChannelRules.Take(its, row.Kind, result with { Answer = OneLine.Shortened(result.Answer, MostLetters) }, time.GetUtcNow()))
        {
            var note = new AuditNote(
                NotificationAudit.SwitchedOff, ChannelWriter.SubjectOf(channel), Reason: $"failed for {ChannelRules.OffAfter.TotalHours} h: {its.FailureAnswer}");
            await audit.AddAsync(db, Actor.Portal, note, cancellationToken);
        }

        return its;
    }

    /// <summary>The row of a channel, made if it is missing.</summary>
    public static async Task<ChannelHealth> OfAsync(PortalDbContext db, string channel, CancellationToken cancellationToken)
    {
        if (await db.ChannelHealths.FindAsync([channel], cancellationToken) is { } known)
        {
            return known;
        }

        var its = new ChannelHealth { Key = channel };
        db.ChannelHealths.Add(its);
        return its;
    }

    /// <summary>The transaction was committed. It does not wait and does not throw.</summary>
    public void Committed(ChannelHealth? its)
    {
        if (its is not null)
        {
            board.Put(its);
            feed.Publish(new LiveKey(LiveTopic.Channel));
        }
    }
}
