using Bunit;
using Efento.Portal.Components.Pages.Admin.Quarantine;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the pages of the quarantine let people do.</summary>
internal static class QuarantineActions
{
    private const double Magic = -123.25;

    /// <summary>A record the database refuses at first, and takes afterwards.</summary>
    private static readonly Subject Item = new("quarantine item", async portal =>
    {
        portal.Database.Execute(
            $"CREATE TRIGGER poison BEFORE INSERT ON reading WHEN new.value = {Magic} BEGIN SELECT RAISE(ABORT, 'poison'); END");
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), portal.Get<TimeProvider>().GetUtcNow(), Magic)));
        portal.Database.Execute("DROP TRIGGER poison");
    });

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<QuarantineReader>(
            nameof(QuarantineReader.ReadAsync), scene => Task.FromResult(ActionScene.Message(Tools(scene).FindComponents<MudButton>()[0]))),
        Of<QuarantineDiscard>(nameof(QuarantineDiscard.DiscardAsync), async scene =>
        {
            var asked = await scene.AskAsync(ActionScene.Message(Tools(scene).FindComponents<MudButton>()[1]));
            await scene.FillAsync("Why", "no use to anybody");
            return scene.Button("Discard", asked);
        }),
    ];

    private static PageAction Of<T>(string method, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(QuarantineTools), $"{typeof(T).Name}.{method}", Item, prepare);

    private static IRenderedComponent<QuarantineTools> Tools(ActionScene scene) =>
        scene.Open<QuarantineItemPage>("admin/quarantine/1", page => page.Add(p => p.Id, 1)).FindComponent<QuarantineTools>();
}
