namespace Efento.Portal.Timeline;

/// <summary>What happened at measuring points, and what people wrote down of it.</summary>
public static class TimelineSetup
{
    public static void AddTimeline(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NoteDesk>();
        builder.Services.AddSingleton<NoteQuery>();
        builder.Services.AddSingleton<EventQuery>();
    }
}
