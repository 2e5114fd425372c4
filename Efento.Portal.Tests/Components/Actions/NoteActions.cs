using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Efento.Portal.Timeline;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the list of a measuring point's events lets people do.</summary>
internal static class NoteActions
{
    private static readonly Subject Note = new("note", async portal =>
    {
        await MeasureAsync(portal);
        Assert.Equal(
            NoteOutcome.Done,
            await portal.Get<NoteService>().WriteAsync(
                SiteScope.Everything, Actor.Command, 1, new NoteDraft(Some.Start.AddHours(-1), "Door repaired")));
    });

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of(nameof(NoteService.WriteAsync), Subject.New(MeasureAsync), async scene =>
        {
            var asked = await scene.AskAsync(ActionScene.Message(Show(scene, []).FindComponents<MudButton>()[0]));
            await scene.FillAsync("What happened", "Door repaired");
            return scene.Button("Save", asked);
        }),
        Of(nameof(NoteService.ChangeAsync), Note, async scene =>
        {
            var asked = await OpenAsync(scene);
            await scene.FillAsync("What happened", "Door replaced");
            return scene.Button("Save", asked);
        }),
        Of(nameof(NoteService.DeleteAsync), Note, async scene => scene.Button("Delete", await OpenAsync(scene))),
    ];

    private static PageAction Of(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(EventList), $"{nameof(NoteService)}.{method}", subject, prepare) { Policy = Policies.Operate };

    private static async Task<Task> OpenAsync(ActionScene scene)
    {
        var notes = await scene.Portal.Get<NoteQuery>().ReadAsync(
            SiteScope.Everything, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 1);
        var change = Show(scene, [new NoteEvent(notes[0])]).FindComponent<MudIconButton>();
        return await scene.AskAsync(() => change.InvokeAsync(() => change.Instance.OnClick.InvokeAsync()));
    }

    private static IRenderedComponent<EventList> Show(ActionScene scene, IReadOnlyList<PointEvent> events)
    {
        scene.JSInterop.SetupModule("./assets/chart.js").Setup<string>("zone").SetResult("Europe/Warsaw");
        return scene.Open<EventList>("points/1", page => page.Add(p => p.PointId, 1).Add(p => p.Events, events).Add(p => p.MayNote, true));
    }

    private static async Task MeasureAsync(PortalUnderTest portal)
    {
        var now = portal.Get<TimeProvider>().GetUtcNow();
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), now)))).Status);
    }
}
