using Efento.Portal.Access;
using Efento.Portal.Tests.Outgoing;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>A portal with the subject of an action, and an account for whoever acts.</summary>
internal sealed class ActionPortal : IAsyncDisposable
{
    private ActionPortal(PortalUnderTest portal, FakeTimeProvider time) => (Portal, Time) = (portal, time);

    /// <summary>The portal.</summary>
    public PortalUnderTest Portal { get; }

    /// <summary>Its clock.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>Starts one.</summary>
    public static async Task<ActionPortal> StartAsync(Subject subject)
    {
        var time = new FakeTimeProvider(Some.Start);
        var settings = FeedBench.Settings();
        settings["Portal:Backup:Directory"] = "/not/there";
        var portal = await PortalUnderTest.StartAsync(new() { Time = time, Settings = settings });
        await subject.ArrangeAsync(portal);
        Assert.Empty(
            await portal.Get<UserAccounts>().AddAsync(Actor.Portal, ActionScene.Email, PortalUnderTest.AdminPassword, Role.Administrator));
        return new ActionPortal(portal, time);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}

/// <summary>One portal for each subject, for messages that change nothing.</summary>
public sealed class ActionPortals : IAsyncDisposable
{
    private readonly Dictionary<Subject, ActionPortal> _portals = [];

    /// <summary>The portal of a subject.</summary>
    internal async Task<ActionPortal> OfAsync(Subject subject) =>
        _portals.TryGetValue(subject, out var portal) ? portal : _portals[subject] = await ActionPortal.StartAsync(subject);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var portal in _portals.Values)
        {
            await portal.DisposeAsync();
        }
    }
}
