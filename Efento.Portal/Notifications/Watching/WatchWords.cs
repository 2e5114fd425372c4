namespace Efento.Portal.Notifications.Watching;

/// <summary>The states of points in words, in the current language.</summary>
internal static class WatchWords
{
    /// <summary>How many points are in a state.</summary>
    public static string Of(WatchedState state, int count) => state switch
    {
        WatchedState.Critical => WatchText.StateCritical(count),
        WatchedState.Warning => WatchText.StateWarning(count),
        WatchedState.Alarm => WatchText.StateAlarm(count),
        WatchedState.SensorError => WatchText.StateSensorError(count),
        WatchedState.Silent => WatchText.StateSilent(count),
        WatchedState.Late => WatchText.StateLate(count),
        WatchedState.Paused => WatchText.StatePaused(count),
        WatchedState.OnTime => WatchText.StateOnTime(count),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
