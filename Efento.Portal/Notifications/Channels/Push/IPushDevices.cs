namespace Efento.Portal.Notifications.Channels.Push;

/// <summary>The devices of people.</summary>
internal interface IPushDevices
{
    /// <summary>How the devices of a person are reached.</summary>
    /// <param name="address">The person's e-mail address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PushRoute> RouteAsync(string address, CancellationToken cancellationToken);

    /// <summary>Notes what became of a message to each device. Those that are gone are removed.</summary>
    Task NoteAsync(IReadOnlyDictionary<int, PushFate> fates, CancellationToken cancellationToken);
}
