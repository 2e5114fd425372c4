using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>Pages of somebody who is really signed in: roles, sessions and policies are the portal's own, as in a circuit.</summary>
internal sealed class ActionScene : PortalPageContext
{
    /// <summary>Whose pages they are; an administrator at first, and not the only one.</summary>
    public const string Email = "acting@portal.test";

    private readonly ActionPortal _portal;
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private IRenderedComponent<MudSnackbarProvider> _snackbars = null!;
    private int _session;

    private ActionScene(ActionPortal portal)
    {
        _portal = portal;
        Time = portal.Time;
    }

    /// <summary>All there is to read, dialogs and passing notices included.</summary>
    public string Said => string.Concat(Pages.Select(page => page())) + _dialogs.Markup + _snackbars.Markup;

    private List<Func<string>> Pages { get; } = [];

    /// <summary>Pages of an administrator who looks at a portal with others.</summary>
    public static async Task<ActionScene> SetAsync(ActionPortal portal)
    {
        var scene = new ActionScene(portal);
        await scene.InitializeAsync();
        await scene.SignInAsync();
        scene.Render<MudPopoverProvider>();
        scene._snackbars = scene.Render<MudSnackbarProvider>();
        scene._dialogs = scene.Render<MudDialogProvider>();
        return scene;
    }

    /// <summary>Opens a page, or a part of one. Another address than before closes the dialogs there are.</summary>
    public IRenderedComponent<TPage> Open<TPage>(string address, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<TPage>(parameters ?? (_ => { }));
        Pages.Add(() => page.Markup);
        return page;
    }

    /// <summary>Does what opens a dialog and waits until it is there.</summary>
    /// <returns>Ends when whoever opened it has what it asked for.</returns>
    public async Task<Task> AskAsync(Func<Task> open)
    {
        var before = Dialogs;
        var asked = _dialogs.InvokeAsync(open);
        await Until.TrueAsync(() => Dialogs > before || asked.IsFaulted);
        return asked.IsFaulted ? throw asked.Exception : asked;
    }

    /// <summary>Fills in a field of the dialog that was opened last.</summary>
    public Task FillAsync(string label, string text) =>
        SetAsync<MudTextField<string>>(field => field.Label == label, field => field.ValueChanged.InvokeAsync(text));

    /// <summary>Chooses in the dialog that was opened last.</summary>
    public Task SetAsync<T>(Func<T, bool> which, Func<T, Task> choose)
        where T : IComponent
    {
        var field = _dialogs.FindComponents<T>().Last(c => which(c.Instance));
        return field.InvokeAsync(() => choose(field.Instance));
    }

    /// <summary>The message a click on a button of the dialog sends that was opened last.</summary>
    /// <param name="text">The button's words.</param>
    /// <param name="asked">What goes on when the dialog is closed, if it is to be waited for.</param>
    public Func<Task> Button(string text, Task? asked = null) =>
        Message(_dialogs.FindComponents<MudButton>().Last(b => b.Nodes.Any(n => n.TextContent.Trim() == text)), asked);

    /// <summary>The message a click on a button sends.</summary>
    public static Func<Task> Message(IRenderedComponent<MudButton> button, Task? asked = null)
    {
        var click = button.Instance.OnClick;
        return async () =>
        {
            await button.InvokeAsync(() => click.InvokeAsync(new MouseEventArgs())).WaitAsync(Until.Patience);
            await (asked ?? Task.CompletedTask).WaitAsync(Until.Patience);
        };
    }

    /// <summary>Takes away the notices that pass by themselves, so that the next one is seen to be new.</summary>
    public void ForgetNotices() => Services.GetRequiredService<ISnackbar>().Clear();

    /// <summary>Gives whoever looks another role, as another administrator does.</summary>
    public async Task SetRoleAsync(Role role) =>
        Assert.Equal(UserChange.Done, await Portal.Get<UserChanges>().SetRoleAsync(Actor.Command, (await UserAsync()).Seen, role, "test"));

    /// <summary>Ends the session of whoever looks.</summary>
    public async Task SignOutAsync() => Assert.True(await Portal.Get<SignInService>().EndAsync(Actor.Command, _session, "session revoked"));

    /// <inheritdoc/>
    protected override Task<PortalUnderTest> StartPortalAsync() => Task.FromResult(_portal.Portal);

    /// <inheritdoc/>
    protected override ValueTask StopPortalAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override void Arrange()
    {
        Take<PeopleDirectory>();
        Take<PeopleQuery>();
        Take<UserChanges>();
        Take<Invitations>();
        Take<SignInService>();
        Take<OwnPassword>();
        Take<IAuthorizationService>();
        Take<IAuthorizationPolicyProvider>();
        Take<Microsoft.Extensions.Options.IOptionsMonitor<AccessOptions>>();
        Services.AddScoped<AuthenticationStateProvider, CircuitPerson>();
    }

    private int Dialogs => _dialogs.FindComponents<MudDialogContainer>().Count;

    private async Task SignInAsync()
    {
        var outcome = await Portal.Get<SignInService>().SignInAsync(Email, PortalUnderTest.AdminPassword, "192.0.2.7", "browser");
        var person = PeopleAuthentication.Person(outcome.SessionKey, Portal.Get<PeopleDirectory>());
        (
            (CircuitPerson)Services.GetRequiredService<AuthenticationStateProvider>()).SetAuthenticationState(
                Task.FromResult(new AuthenticationState(person)));
        _session = (await Portal.Get<PeopleQuery>().SessionsAsync((await UserAsync()).Seen.Id)).Max(session => session.Id);
    }

    private async Task<UserItem> UserAsync() => (await Portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == Email);
}
