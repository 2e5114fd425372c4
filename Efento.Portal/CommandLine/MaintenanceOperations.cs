using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Maintenance;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out the commands about maintenance.</summary>
internal sealed class MaintenanceOperations(MaintenanceMode maintenance, SiteClock clock)
{
    /// <summary>Turns maintenance on, or changes its end and reason.</summary>
    public async Task<ControlReply> StartAsync(StartMaintenance start, CancellationToken cancellationToken) =>
        Told(await maintenance.StartAsync(Actor.Command, start.Duration, start.Reason, cancellationToken: cancellationToken));

    /// <summary>Turns maintenance off.</summary>
    public async Task<ControlReply> EndAsync(CancellationToken cancellationToken) =>
        await maintenance.EndAsync(Actor.Command, cancellationToken: cancellationToken) switch
        {
            { IsDone: true } => ControlReply.Done("Maintenance is off."),
            { Fault: MaintenanceFault.Off } => ControlReply.Done("Maintenance was not on."),
            var outcome => Told(outcome),
        };

    /// <summary>Plans a maintenance.</summary>
    public async Task<ControlReply> PlanAsync(PlanMaintenance plan, CancellationToken cancellationToken)
    {
        var zone = await clock.ReadZoneAsync(cancellationToken);
        var (from, fromFault) = Read("--from", plan.From, zone);
        var (until, untilFault) = Read("--until", plan.Until, zone);
        return (fromFault ?? untilFault) is { } fault
            ? ControlReply.Failed(fault)
            : Told(await maintenance.PlanAsync(Actor.Command, from, until, plan.Reason, cancellationToken));
    }

    /// <summary>Cancels a planned maintenance.</summary>
    public async Task<ControlReply> CancelAsync(CancelMaintenance cancel, CancellationToken cancellationToken)
    {
        if (maintenance.Planned.FirstOrDefault(w => w.Id == cancel.Id) is not { } window)
        {
            return ControlReply.Failed($"No maintenance {cancel.Id} is planned; nothing was changed. See \"maintenance status\".");
        }

        var outcome = await maintenance.CancelAsync(Actor.Command, window, cancellationToken);
        return outcome.IsDone ? ControlReply.Done($"The planned maintenance {cancel.Id} is cancelled.") : Told(outcome);
    }

    /// <summary>Shows the present state.</summary>
    public ControlReply Show() => ControlReply.Done(
        [maintenance.Current is { } window ? InWords(window) : "Maintenance is off.", .. maintenance.Planned.Select(InWords)]);

    private ControlReply Told(MaintenanceOutcome outcome) =>
        outcome.IsDone ? ControlReply.Done(InWords(outcome.Window!)) : ControlReply.Failed($"{outcome.Why(InWords)} Nothing was changed.");

    private string InWords(MaintenanceWindow window) => window.FromUtc <= maintenance.Current?.FromUtc
        ? $"Maintenance is on until {InWords(window.UntilUtc)}: {window.Reason}"
        : $"Maintenance {window.Id} is planned from {InWords(window.FromUtc)} until {InWords(window.UntilUtc)}: {window.Reason}";

    private static string InWords(DateTimeOffset timeUtc) =>
        timeUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time. With an offset it is that moment; without one it is in the site's time zone.</summary>
    private static (DateTimeOffset Moment, string? Fault) Read(string option, string text, TimeZoneInfo zone)
    {
        if (WallTime.Parse(zone, text) is { } wall)
        {
            return wall.Moments is [var only]
                ? (only, null)
                : (default, $"{option}: {WallTimeWords.Remark(wall)} Add the offset, such as {text}+02:00. Nothing was changed.");
        }

        return DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? (moment, null)
            : (
                default,
                $"{option} must be a time such as 2027-03-28T22:00 (in {zone.Id}) or 2027-03-28T20:00Z, not \"{text}\". Nothing was changed.");
    }
}
