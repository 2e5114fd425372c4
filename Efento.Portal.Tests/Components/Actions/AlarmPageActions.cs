using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Components.Pages.Admin.Settings;
using Efento.Portal.Components.Pages.Alarms;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the pages of the alarms let people do.</summary>
internal static class AlarmPageActions
{
    private static readonly Subject Open = new("open alarm", RaiseAsync);

    /// <summary>Whoever acknowledges overwrites nothing of those who took it on or snoozed it.</summary>
    private static readonly Subject Unanswered = new("unanswered alarm", RaiseAsync);
    private static readonly Subject Words = new("words of alarms", _ => Task.CompletedTask);

    public static IReadOnlyList<PageAction> All { get; } =
    [
        new(typeof(AlarmsPage), $"{nameof(AlarmActions)}.{nameof(AlarmActions.AcknowledgeAsync)}", Unanswered, async scene =>
        {
            var list = scene.Open<AlarmsPage>("alarms");
            await list.ChangeAsync("li input", true);
            return await AcknowledgeAsync(scene, ActionScene.Message(list.FindComponents<MudButton>().First(IsAcknowledge)));
        })
        {
            Policy = Policies.Operate,
        },
        Of(nameof(AlarmActions.AcknowledgeAsync), Unanswered, async scene => await AcknowledgeAsync(scene, await ToolAsync(scene, "Acknowledge…"))),
        Of(nameof(AlarmActions.TakeOnAsync), Open, scene => ToolAsync(scene, "I am on it")),
        Of(nameof(AlarmActions.HandOverAsync), Open, async scene =>
        {
            var asked = await scene.AskAsync(await ToolAsync(scene, "Hand over…"));
            await scene.SetAsync<MudRadioGroup<string>>(_ => true, people => people.ValueChanged.InvokeAsync(PortalUnderTest.AdminEmail));
            return scene.Button("Hand over", asked);
        }),
        Of(nameof(AlarmActions.SnoozeAsync), Open, scene => ReasonedAsync(scene, "Snooze…", "Snooze")),
        Of(nameof(AlarmActions.CloseAsync), Open, scene => ReasonedAsync(scene, "Sensor gone…", "Close the alarm")),
        new(typeof(AlarmWordsCard), $"{nameof(AlarmWordList)}.{nameof(AlarmWordList.ChangeAsync)}", Words, async scene =>
        {
            var card = scene.Open<AlarmWordsCard>("admin/settings");
            await card.ChangeAsync("#alarm-causes", "Door left open\nPower cut");
            var form = card.FindComponent<EditForm>().Instance;
            var (submit, about) = (form.OnValidSubmit, new EditContext(form.Model!));
            return () => card.InvokeAsync(() => submit.InvokeAsync(about));
        }),
    ];

    private static PageAction Of(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(AlarmTools), $"{nameof(AlarmActions)}.{method}", subject, prepare) { Policy = Policies.Operate };

    private static async Task<Func<Task>> AcknowledgeAsync(ActionScene scene, Func<Task> open)
    {
        var asked = await scene.AskAsync(open);
        await scene.FillAsync("What was done", "Door was open, closed it");
        return scene.Button("Acknowledge", asked);
    }

    private static async Task<Func<Task>> ReasonedAsync(ActionScene scene, string button, string confirm)
    {
        var asked = await scene.AskAsync(await ToolAsync(scene, button));
        await scene.FillAsync("Reason", "Defrosting");
        return scene.Button(confirm, asked);
    }

    /// <summary>The tools alone: the page around them is another one for somebody who is signed out.</summary>
    private static async Task<Func<Task>> ToolAsync(ActionScene scene, string words)
    {
        var alarm = (await scene.Portal.Get<AlarmQuery>().FindAsync(SiteScope.Everything, 1))!.Line;
        return ActionScene.Message(
            scene.Open<AlarmTools>("alarms/1", tools => tools.Add(t => t.Line, alarm).Add(t => t.MayAct, true)).FindComponents<MudButton>()
                .First(b => b.Nodes.Any(n => n.TextContent.Trim() == words)));
    }

    private static bool IsAcknowledge(IRenderedComponent<MudButton> button) =>
        button.Nodes.Any(n => n.TextContent.Trim() == "Acknowledge…");

    private static async Task RaiseAsync(PortalUnderTest portal)
    {
        await portal.RuleAsync(AlarmBench.Fridge());
        var now = portal.Get<TimeProvider>().GetUtcNow();
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), now, 9.5)))).Status);
        Assert.Single(await portal.AlarmsAsync());
    }
}
