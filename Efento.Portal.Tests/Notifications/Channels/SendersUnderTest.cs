using System.Security.Cryptography.X509Certificates;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Channels.Http;
using Efento.Portal.Notifications.Channels.Push;
using Efento.Portal.Tests.Notifications.Channels.Push;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Notifications.Channels;

/// <summary>The senders as the portal sets them up, with a clock, roots and names of a test's own.</summary>
internal sealed class SendersUnderTest : IDisposable
{
    private readonly ServiceProvider _services;

    public SendersUnderTest(X509Certificate2? root = null, IHostNames? names = null)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddChannels();
        services.AddSingleton<IPushDevices>(Devices);
        services.AddSingleton(new TrustedRoots(root is null ? [] : [root]));
        if (names is not null)
        {
            services.AddSingleton(names);
        }

        _services = services.BuildServiceProvider();
    }

    /// <summary>The devices of everybody.</summary>
    public SomeDevices Devices { get; } = new();

    public FakeTimeProvider Time { get; } = new(Some.Start);

    /// <summary>Makes one attempt.</summary>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken? cancellationToken = null) =>
        _services.GetRequiredService<ChannelSenders>().SendAsync(
            channel, message, cancellationToken ?? TestContext.Current.CancellationToken);

    public void Dispose() => _services.Dispose();
}
