namespace Efento.Portal.Maintenance;

/// <summary>The maintenance mode as the API returns it.</summary>
/// <param name="On">Whether gateways are answered 503 because of it now.</param>
/// <param name="Current">The window that is on; null if none is.</param>
/// <param name="Planned">The planned windows, the next first.</param>
internal sealed record MaintenanceState(bool On, MaintenanceItem? Current, IReadOnlyList<MaintenanceItem> Planned)
{
    /// <summary>The present state.</summary>
    public static MaintenanceState Of(MaintenanceMode mode)
    {
        var current = mode.Current;
        return new(current is not null, current is null ? null : MaintenanceItem.Of(current), [.. mode.Planned.Select(MaintenanceItem.Of)]);
    }
}

/// <summary>A window as the API returns it.</summary>
/// <param name="Id">The key.</param>
/// <param name="From">The begin.</param>
/// <param name="Until">The end; it ends by itself.</param>
/// <param name="Reason">The reason.</param>
/// <param name="By">Who asked for it.</param>
internal sealed record MaintenanceItem(int Id, DateTimeOffset From, DateTimeOffset Until, string Reason, string? By)
{
    /// <summary>A window as the API returns it.</summary>
    public static MaintenanceItem Of(MaintenanceWindow window) =>
        new(window.Id, window.FromUtc, window.UntilUtc, window.Reason, window.CreatedBy);
}

/// <summary>
/// The request of a program: on for some minutes or until a time; off; or planned from one time to another. Times are ISO 8601 texts;
/// without a zone they are UTC.
/// </summary>
/// <param name="On">true: on now; false: off. Not with <paramref name="From"/>.</param>
/// <param name="Minutes">How long, from 1 on; instead of <paramref name="Until"/>.</param>
/// <param name="From">The begin of a planned window.</param>
/// <param name="Until">The end.</param>
/// <param name="Reason">The reason, 1 to 200 characters; shown to all users.</param>
internal sealed record MaintenanceOrder(bool? On, int? Minutes, string? From, string? Until, string? Reason);
