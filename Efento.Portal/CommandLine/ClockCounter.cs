using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out the commands about the server's clock.</summary>
internal sealed class ClockCounter(ClockAcceptance service, TimeProvider time)
{
    /// <summary>Accepts the clock as it is.</summary>
    public async Task<ControlReply> AcceptAsync(CancellationToken cancellationToken) =>
        (await service.AcceptAsync(Actor.Command, cancellationToken)) switch
        {
            { Verdict: ClockVerdict.Impossible } =>
                ControlReply.Failed($"The server's clock says {Now}, which can't be right; nothing was changed. Set the clock."),
            { Verdict: ClockVerdict.NothingToAccept } => ControlReply.Done($"Nothing is wrong with the server's clock: {Now}."),
            { Correction: { } correction } => ControlReply.Done(
                $"The server's clock is accepted: {Now}. Gateways are answered again; from message {correction.FromId.ToString(CultureInfo.InvariantCulture)} on, times of receipt are true."),
            _ => ControlReply.Done($"The server's clock is accepted: {Now}. What is old is deleted again."),
        };

    /// <summary>Shows the present state.</summary>
    public async Task<ControlReply> ShowAsync(CancellationToken cancellationToken) =>
        ControlReply.Done([$"The server's clock says {Now}.", .. IngestWords.Of(await service.DoubtsAsync(cancellationToken))]);

    private string Now => time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
