using System.Collections.Concurrent;
using Efento.Portal.Notifications.Channels.Push;

namespace Efento.Portal.Tests.Notifications.Channels.Push;

/// <summary>Devices that a test has added, the same for everybody.</summary>
internal sealed class SomeDevices : IPushDevices
{
    private readonly List<PushTarget> _devices = [];

    /// <summary>The portal's keys.</summary>
    public VapidKeys Keys { get; } = VapidKeys.Make();

    /// <summary>What push services are told of who sends.</summary>
    public string? Contact { get; set; } = "https://portal.site.example/";

    /// <summary>What became of messages to each device.</summary>
    public ConcurrentDictionary<int, PushFate> Fates { get; } = [];

    /// <summary>Adds a device.</summary>
    public void Add(BrowserWithPush browser, string endpoint, string name = "Phone") =>
        _devices.Add(new(_devices.Count + 1, name, endpoint, browser.P256dh, browser.Auth));

    /// <inheritdoc/>
    public Task<PushRoute> RouteAsync(string address, CancellationToken cancellationToken) =>
        Task.FromResult(new PushRoute(Keys, Contact, [.. _devices]));

    /// <inheritdoc/>
    public Task NoteAsync(IReadOnlyDictionary<int, PushFate> fates, CancellationToken cancellationToken)
    {
        foreach (var (id, fate) in fates)
        {
            Fates[id] = fate;
        }

        return Task.CompletedTask;
    }
}
