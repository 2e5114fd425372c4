using Efento.Portal.Devices;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Ingest.Transactions;
using Efento.Portal.Live;

namespace Efento.Portal.Ingest;

/// <summary>
/// Adds one message to the open transaction: its gateway, its records, its rejects and its ledger line. Changes to memory are collected in
/// <see cref="BatchEffects"/> and applied after the commit.
/// </summary>
internal sealed class MessageApplier(RecordApplier records, GatewayResolver gateways, QuarantineIntake quarantine, BodyArchive bodies)
{
    private static readonly HashSet<string> NoneIgnored = [];

    /// <summary>Adds a message.</summary>
    /// <exception cref="QuarantineFullException">The message has rejects and the quarantine is full.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed.</exception>
    public IngestOutcome Apply(IngestTransaction transaction, PendingMessage message)
    {
        var applied = new AppliedMessage(transaction, message, transaction.Number(message.ReceivedMs));
        var gateway = gateways.Resolve(applied);
        var outcome = message switch
        {
            { Measurements: not null } => ApplyMeasurements(applied),
            { Heartbeat.IsJson: false } => SetAsideWhole(applied, RejectReason.NotJson),
            { Heartbeat: not null } when gateway is null => SetAsideWhole(applied, RejectReason.TooManyNewGateways),
            _ => IngestOutcome.Stored,
        };
        transaction.List(MessageLine.Of(applied), applied.Tally);
        if (message.RefusedBytes is null)
        {
            bodies.Observe(applied);
        }

        NoteSender(applied, gateway);
        return outcome;
    }

    /// <summary>Sets aside a message that could not be stored although the store works, and adds its ledger line.</summary>
    public IngestOutcome ApplyPoisoned(IngestTransaction transaction, PendingMessage message)
    {
        var applied = new AppliedMessage(transaction, message, transaction.Number(message.ReceivedMs));
        SetAsideWhole(applied, RejectReason.NotStorable);
        transaction.List(MessageLine.Of(applied), applied.Tally);
        return Answered(applied, message.Measurements?.Handles ?? [], NoneIgnored);
    }

    /// <summary>
    /// Processes kept measurements again under their original message id. Their times are checked against the clock at the time of receipt.
    /// Adds no ledger line and sets nothing aside: what is still unusable is in <see cref="AppliedMessage.Rejects"/>.
    /// </summary>
    public void ApplyAgain(AppliedMessage applied) => records.Apply(applied);

    /// <summary>Adds the next portion of a large message under an id of its own. Returns null unless it is the last portion.</summary>
    /// <exception cref="QuarantineFullException">The portion has rejects and the quarantine is full.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed.</exception>
    public IngestOutcome? ApplyPortion(IngestTransaction transaction, PortionedMessage large)
    {
        var applied = PortionOf(transaction, large);
        var gateway = gateways.Resolve(applied);
        records.Apply(applied);
        transaction.List(MessageLine.Of(applied, large), applied.Tally);
        if (large.FirstId is null)
        {
            bodies.Observe(applied);
        }

        NoteSender(applied, gateway);
        transaction.Effects.OnCommit(() =>
        {
            large.Ignored.UnionWith(applied.Ignored);
            large.GatewayId = gateway?.Id;
        });
        return AnswerLast(applied, large);
    }

    /// <summary>Sets the next portion of a large message aside, as in <see cref="ApplyPoisoned"/>.</summary>
    public IngestOutcome? ApplyPoisonedPortion(IngestTransaction transaction, PortionedMessage large)
    {
        var applied = PortionOf(transaction, large);
        applied.GatewayId = large.GatewayId;
        applied.Tally = new MessageTally { Records = applied.Parsed.Records.Count, Quarantined = 1 };
        quarantine.SetAside(applied, applied.Extent.As(RejectReason.NotStorable));
        transaction.List(MessageLine.Of(applied, large), applied.Tally);
        return AnswerLast(applied, large);
    }

    /// <summary>
    /// Portions after the first one get an id of the present moment, because programs that follow the arrivals have already passed the time
    /// of the message.
    /// </summary>
    private static AppliedMessage PortionOf(IngestTransaction transaction, PortionedMessage large) =>
        new(
            transaction, large.Message, transaction.Number(large.FirstId is null ? large.Message.ReceivedMs : transaction.NowMs))
        {
            Parsed = large.Current.Parsed,
            Extent = large.Current.Extent,
        };

    private static IngestOutcome? AnswerLast(AppliedMessage applied, PortionedMessage large) =>
        large.Current.IsLast
            ? Answered(applied, large.Message.Measurements!.Handles, applied.Ignored.Concat(large.Ignored).ToHashSet())
            : null;

    private static IngestOutcome Answered(AppliedMessage applied, IReadOnlyList<ResponseHandle> handles, IReadOnlySet<string> ignored) =>
        new(null, ReplyFlags.Of(handles, applied.Transaction.Loggers, ignored));

    private IngestOutcome ApplyMeasurements(AppliedMessage applied)
    {
        records.Apply(applied);
        return Answered(applied, applied.Parsed.Handles, applied.Ignored);
    }

    private IngestOutcome SetAsideWhole(AppliedMessage applied, RejectReason reason)
    {
        quarantine.SetAside(applied, new Reject(RejectScope.Body, reason, 0, applied.Message.Body.Length));
        applied.Tally.Quarantined++;
        return IngestOutcome.Stored;
    }

    private void NoteSender(AppliedMessage applied, GatewayEntry? gateway)
    {
        applied.Transaction.Effects.Changed(new LiveKey(LiveTopic.Token, applied.Message.TokenId));
        if (gateway is not null)
        {
            applied.Transaction.Effects.Heard(gateway, applied.Id, applied.Message.IsPlainHttp);
        }
        else
        {
            gateways.NoteUnassigned(applied);
        }
    }
}
