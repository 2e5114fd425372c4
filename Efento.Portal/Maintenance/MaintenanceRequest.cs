using Efento.Portal.Access;
using Efento.Portal.ReadApi;

namespace Efento.Portal.Maintenance;

/// <summary>A program's request, parsed and checked.</summary>
/// <param name="FromUtc">The begin of a planned window; null for now.</param>
/// <param name="UntilUtc">The end; null to turn it off.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Fault">The fault; null if there is none.</param>
internal sealed record MaintenanceRequest(DateTimeOffset? FromUtc, DateTimeOffset? UntilUtc, string Reason, ApiError? Fault = null)
{
    private const int MostMinutes = MaintenanceWindow.MostDays * 24 * 60;

    private DateTimeOffset NowUtc { get; init; }

    /// <summary>Reads an order.</summary>
    public static MaintenanceRequest Of(MaintenanceOrder order, DateTimeOffset now) => order switch
    {
        { From: not null, On: not null } => Wrong("Say either on, or from and until for a planned window.", "on"),
        { From: null, On: null } => Wrong("Say on (true or false), or from and until for a planned window.", "on"),
        { On: false } => new(null, null, ""),
        { Minutes: not null, Until: not null } => Wrong("Say either minutes or until.", "minutes"),
        { Minutes: < 1 or > MostMinutes } => Wrong($"minutes must be a whole number from 1 to {MostMinutes}.", "minutes"),
        { From: { } text } when QueryReader.ParseTime(text) is null => WrongTime("from"),
        { Until: { } text } when QueryReader.ParseTime(text) is null => WrongTime("until"),
        { From: { } text, Minutes: { } minutes } when QueryReader.ParseTime(text) > DateTimeOffset.MaxValue.AddMinutes(-minutes) =>
            WrongTime("from"),
        { Minutes: null, Until: null } => Wrong("Say how long: minutes or until.", "minutes"),
        _ => Read(order, now),
    };

    /// <summary>Carries it out.</summary>
    public Task<MaintenanceOutcome> DoAsync(MaintenanceMode mode, Actor actor, CancellationToken cancellationToken) =>
        (FromUtc, UntilUtc) switch
        {
            (_, null) => mode.EndAsync(actor, cancellationToken: cancellationToken),
            (null, { } until) => mode.StartAsync(actor, until - NowUtc, Reason, cancellationToken: cancellationToken),
            ({ } from, { } until) => mode.PlanAsync(actor, from, until, Reason, cancellationToken),
        };

    /// <summary>Whether this window is the one requested. If so, a script that repeats its request after a lost answer succeeds.</summary>
    public bool IsFor(MaintenanceWindow window) => (window.FromUtc, window.UntilUtc, window.Reason) == (FromUtc, UntilUtc, Reason.Trim());

    private static MaintenanceRequest Read(MaintenanceOrder order, DateTimeOffset now)
    {
        var from = order.From is null ? null : QueryReader.ParseTime(order.From);
        var until = order.Until is null ? (from ?? now).AddMinutes(order.Minutes!.Value) : QueryReader.ParseTime(order.Until);
        return new(from, until, order.Reason ?? "") { NowUtc = now };
    }

    private static MaintenanceRequest WrongTime(string parameter) =>
        Wrong($"{parameter} must be a time like 2026-03-01T15:28:21Z.", parameter);

    private static MaintenanceRequest Wrong(string why, string parameter) => new(null, null, "", new ApiError(why, parameter));
}
