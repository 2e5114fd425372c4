using System.Net;
using System.Net.Sockets;
using Efento.Portal.Notifications.Channels.Http;

namespace Efento.Portal.Tests.Notifications.Channels.Http;

/// <summary>A name service that gives one answer after the other, the last one for ever, and counts.</summary>
internal sealed class FixedNames(params string[][] answers) : IHostNames
{
    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <inheritdoc/>
    public Task<IPAddress[]> AddressesOfAsync(string host, CancellationToken cancellationToken)
    {
        var answer = answers.ElementAtOrDefault(Math.Min(Asked++, answers.Length - 1));
        return answer is null
            ? throw new SocketException((int)SocketError.HostNotFound)
            : Task.FromResult(answer.Select(IPAddress.Parse).ToArray());
    }
}
