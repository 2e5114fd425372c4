namespace Efento.Portal.Devices.Administration;

/// <summary>The outcome of setting Y or N.</summary>
/// <param name="Changed">What was changed.</param>
/// <param name="Meanwhile">The serials of those left unchanged, because somebody else had changed them in the meantime.</param>
public sealed record FlagOutcome(IReadOnlyList<FlagChange> Changed, IReadOnlyList<string> Meanwhile)
{
    /// <summary>
    /// The changes that restore the values from before. A logger that was changed again in the meantime is left unchanged.
    /// </summary>
    public IReadOnlyList<FlagChange> Undo { get; } =
        [.. Changed.Select(c => c with { Logger = c.Logger with { Version = c.Logger.Version + 1 }, From = c.To, To = c.From })];
}
