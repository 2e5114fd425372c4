namespace Efento.Portal.Timeline;

/// <summary>Registers the events and notes of measuring points.</summary>
internal static class TimelineSetup
{
    public static void AddTimeline(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NoteService>();
        builder.Services.AddSingleton<NoteQuery>();
        builder.Services.AddSingleton<EventQuery>();
    }
}
