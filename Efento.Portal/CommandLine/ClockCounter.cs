using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Ingest;

namespace Efento.Portal.CommandLine;

/// <summary>What the commands about the server's clock do.</summary>
internal sealed class ClockCounter(ClockDesk desk, TimeProvider time)
{
    /// <summary>Accepts it as it is.</summary>
    public async Task<ControlReply> AcceptAsync(CancellationToken cancellationToken) => (await desk.AcceptAsync(Actor.Command, cancellationToken)) switch
    {
        { Verdict: ClockVerdict.Impossible } => ControlReply.Failed($"The server's clock says {Now}, which can't be right; nothing was changed. Set the clock."),
        { Verdict: ClockVerdict.NothingToAccept } => ControlReply.Done($"Nothing is wrong with the server's clock: {Now}."),
        { Correction: { } correction } => ControlReply.Done(
            $"The server's clock is accepted: {Now}. Gateways are answered again; from message {correction.FromId.ToString(CultureInfo.InvariantCulture)} on, times of receipt are true."),
        _ => ControlReply.Done($"The server's clock is accepted: {Now}. What is old is deleted again."),
    };

    /// <summary>How it stands.</summary>
    public async Task<ControlReply> ShowAsync(CancellationToken cancellationToken) =>
        ControlReply.Done([$"The server's clock says {Now}.", .. await desk.DoubtsAsync(cancellationToken)]);

    private string Now => time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
