using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Audit;

/// <summary>Which entries of the audit trail are asked for; what is null or empty does not count.</summary>
public sealed record AuditFilter
{
    private const string Escape = "\\";

    /// <summary>From this day (UTC) on.</summary>
    public DateOnly? From { get; init; }

    /// <summary>To this day (UTC), which is included.</summary>
    public DateOnly? To { get; init; }

    /// <summary>A part of who it was, or of their address.</summary>
    public string? Actor { get; init; }

    /// <summary>What was done, whole.</summary>
    public string? Action { get; init; }

    /// <summary>A part of what was changed, of its values or of the reason.</summary>
    public string? Text { get; init; }

    /// <summary>Those of the entries that are asked for.</summary>
    internal IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries)
    {
        if (From is { } from)
        {
            var fromMs = Midnight(from);
            entries = entries.Where(e => e.AtMs >= fromMs);
        }

        if (To is { } to && to < DateOnly.MaxValue)
        {
            var toMs = Midnight(to.AddDays(1));
            entries = entries.Where(e => e.AtMs < toMs);
        }

        if (Action is { Length: > 0 } action)
        {
            entries = entries.Where(e => e.Action == action);
        }

        if (Actor is { Length: > 0 } actor)
        {
            var part = Part(actor);
            entries = entries.Where(e => EF.Functions.Like(e.Actor, part, Escape) || EF.Functions.Like(e.Address!, part, Escape));
        }

        if (Text is { Length: > 0 } text)
        {
            var part = Part(text);
            entries = entries.Where(e => EF.Functions.Like(e.Subject, part, Escape)
                || EF.Functions.Like(e.Old!, part, Escape)
                || EF.Functions.Like(e.New!, part, Escape)
                || EF.Functions.Like(e.Reason!, part, Escape));
        }

        return entries;
    }

    private static long Midnight(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static string Part(string text) =>
        $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
