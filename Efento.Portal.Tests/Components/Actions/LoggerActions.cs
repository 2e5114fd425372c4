using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Loggers;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the loggers lets people do. Logger 1 measures at point 1, logger 2 at point 2.</summary>
internal static class LoggerActions
{
    private static readonly Subject InUse = new("logger in use", MeasureAsync);
    private static readonly Subject Refused = new("refused logger", async portal =>
    {
        await MeasureAsync(portal);
        await portal.Get<LoggerAdmission>().RefuseAsync(Actor.Command, [new Seen(1, 0)], "test");
    });

    private static readonly Subject Retired = new("retired logger", async portal =>
    {
        await MeasureAsync(portal);
        await portal.Get<Retirement>().RetireAsync(Actor.Command, [new Seen(1, 0)], "test");
    });

    private static readonly Subject RetiredWithPoint = new("retired logger and its point", async portal =>
    {
        await MeasureAsync(portal);
        await portal.Get<Retirement>().RetireWithPointAsync(Actor.Command, new Seen(1, 0), new Seen(1, 0), "test");
    });

    private static readonly Subject Point = new("point in use", MeasureAsync);
    private static readonly Subject FreePoint = new("point without a logger", FreeAsync);
    private static readonly Subject RetiredPoint = new("retired point", async portal =>
    {
        await FreeAsync(portal);
        var free = (await portal.Get<FreePoints>().ListAsync()).Single(p => p.Point.RetiredUtc is null).Point;
        await portal.Get<Retirement>().RetirePointAsync(Actor.Command, new Seen(free.Id, free.Version), "test");
    });

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<SynchroniseSwitch>(
            nameof(SynchroniseSwitch.SetAsync), InUse, scene => AskedAsync(scene, LoggerAction.SetN, "Set 1 logger to N")),
        Of<LoggerAdmission>(nameof(LoggerAdmission.RefuseAsync), InUse, scene => AskedAsync(scene, LoggerAction.Refuse, "Refuse")),
        Of<Retirement>(nameof(Retirement.RetireAsync), InUse, scene => AskedAsync(scene, LoggerAction.Retire, "Retire")),
        Of<Retirement>(nameof(Retirement.RetireWithPointAsync), InUse, async scene =>
        {
            var loggers = Loggers(scene);
            var asked = await scene.AskAsync(() => loggers.OnAction.InvokeAsync((First(loggers), LoggerAction.Retire)));
            await scene.SetAsync<MudCheckBox<bool>>(_ => true, box => box.ValueChanged.InvokeAsync(true));
            await scene.FillAsync("Why", "probe broken");
            return scene.Button("Retire", asked);
        }),
        Of<LoggerReplacement>(nameof(LoggerReplacement.ReplaceAsync), InUse, async scene =>
        {
            var loggers = Loggers(scene);
            var asked = await scene.AskAsync(() => loggers.OnAction.InvokeAsync((First(loggers), LoggerAction.Replace)));
            await scene.SetAsync<MudSelect<LoggerOverview>>(
                _ => true, select => select.ValueChanged.InvokeAsync(loggers.Loggers.Single(l => l.Id == 2)));
            await scene.FillAsync("Why", "battery dead");
            return scene.Button("Replace", asked);
        }),
        Of<LoggerAdmission>(nameof(LoggerAdmission.ApproveAsync), Refused, scene => Task.FromResult(AtOnce(scene, LoggerAction.Approve))),
        Of<Retirement>(nameof(Retirement.BringBackAsync), Retired, scene => Task.FromResult(AtOnce(scene, LoggerAction.BringBack))),
        Of<Retirement>(
            nameof(Retirement.BringBackWithPointAsync), RetiredWithPoint, scene => Task.FromResult(AtOnce(scene, LoggerAction.BringBack))),
        Of<PointNaming>(nameof(PointNaming.NameAsync), Point, async scene =>
        {
            var loggers = Loggers(scene);
            var asked = await scene.AskAsync(() => loggers.OnAction.InvokeAsync((First(loggers), LoggerAction.Label)));
            await scene.FillAsync("Name", "Fridge 3");
            return scene.Button("Save", asked);
        }),
        new(typeof(PointFacts), $"{nameof(PointNaming)}.{nameof(PointNaming.NameAsync)}", Point, async scene =>
        {
            var point = (await scene.Portal.Get<LoggerQuery>().ListAllAsync(SiteScope.Everything)).Single(l => l.Id == 1).Point!;
            var facts = scene.Open<PointFacts>("admin/loggers", page => page.Add(p => p.Point, point));
            var asked = await scene.AskAsync(ActionScene.Message(facts.FindComponent<MudButton>()));
            await scene.FillAsync("Name", "Fridge 3");
            return scene.Button("Save", asked);
        })
        {
            Policy = Policies.Operate,
        },
        new(typeof(NamesPage), $"{nameof(PointNaming)}.{nameof(PointNaming.NameAsync)}", Point, async scene =>
        {
            var page = scene.Open<NamesPage>("admin/loggers/names");

            // Another name in each browser, for two people who choose the same one do not disagree.
            await page.ChangeAsync("td input", $"Fridge {Guid.NewGuid()}");
            return ActionScene.Message(page.FindComponents<MudButton>()[^1]);
        }),
        Of<Retirement>(nameof(Retirement.RetirePointAsync), FreePoint, async scene =>
        {
            var points = Points(scene);
            var asked = await scene.AskAsync(
                () => points.OnAction.InvokeAsync((points.Points.Single(p => p.Point.RetiredUtc is null), LoggerAction.Retire)));
            await scene.FillAsync("Why", "no longer used");
            return scene.Button("Retire", asked);
        }),
        Of<Retirement>(nameof(Retirement.BringPointBackAsync), RetiredPoint, scene =>
        {
            var page = scene.Open<LoggersPage>("admin/loggers");
            var points = page.FindComponent<FreePointList>().Instance;
            var point = points.Points[0];
            return Task.FromResult<Func<Task>>(() => page.InvokeAsync(() => points.OnAction.InvokeAsync((point, LoggerAction.BringBack))));
        }),
    ];

    private static PageAction Of<T>(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(LoggersPage), $"{typeof(T).Name}.{method}", subject, prepare);

    private static async Task<Func<Task>> AskedAsync(ActionScene scene, LoggerAction action, string button)
    {
        var loggers = Loggers(scene);
        var asked = await scene.AskAsync(() => loggers.OnAction.InvokeAsync((First(loggers), action)));
        await scene.FillAsync("Why", "probe broken");
        return scene.Button(button, asked);
    }

    private static Func<Task> AtOnce(ActionScene scene, LoggerAction action)
    {
        var page = scene.Open<LoggersPage>("admin/loggers");
        var loggers = page.FindComponent<LoggerTable>().Instance;
        var (send, logger) = (loggers.OnAction, First(loggers));
        return () => page.InvokeAsync(() => send.InvokeAsync((logger, action)));
    }

    private static LoggerTable Loggers(ActionScene scene) => scene.Open<LoggersPage>("admin/loggers").FindComponent<LoggerTable>().Instance;

    private static FreePointList Points(ActionScene scene) =>
        scene.Open<LoggersPage>("admin/loggers").FindComponent<FreePointList>().Instance;

    private static LoggerOverview First(LoggerTable loggers) => loggers.Loggers.Single(l => l.Id == 1);

    private static async Task MeasureAsync(PortalUnderTest portal)
    {
        var now = portal.Get<TimeProvider>().GetUtcNow();
        var reply = await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), now), Some.Record(Some.Serial(), now)));
        Assert.Equal(201, reply.Status);
    }

    /// <summary>Logger 2 takes over at point 1; point 2, which has a name, stays without.</summary>
    private static async Task FreeAsync(PortalUnderTest portal)
    {
        await MeasureAsync(portal);
        await portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Actor.Command, new Seen(2, 0), "Cellar", null);
        Assert.Equal(PointOutcome.Done, await portal.Get<LoggerReplacement>().ReplaceAsync(Actor.Command, new Replacement
        {
            Point = new Seen(1, 0),
            Old = new Seen(1, 0),
            New = new Seen(2, 0),
            AtUtc = portal.Get<TimeProvider>().GetUtcNow(),
            RetiresOld = false,
            Reason = "test",
        }));
    }
}
