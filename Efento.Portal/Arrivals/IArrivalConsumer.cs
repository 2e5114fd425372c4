namespace Efento.Portal.Arrivals;

/// <summary>
/// Processes everything that is stored and must not miss any of it. After <see cref="BeginAsync"/> a consumer gets every commit, one batch
/// at a time and in order. A slow or failing consumer affects no other one.
/// </summary>
internal interface IArrivalConsumer
{
    /// <summary>The name of its cursor, and its name in the log and in health checks. It must never change.</summary>
    string Name { get; }

    /// <summary>
    /// The last message that the consumer has processed durably. It is saved as the cursor every few seconds, unless the consumer saves it
    /// together with its work (<c>ArrivalCursors.SaveAsync</c>). 0 before the first message; null for a
    /// consumer without a cursor, which begins anew at every start.
    /// </summary>
    long? Done { get; }

    /// <summary>What keeps it from its work, as a sentence for health checks; null if nothing does.</summary>
    string? Trouble => null;

    /// <summary>
    /// Begins to receive what is stored after a message. Called at the start, and when messages that were missed can't be delivered any
    /// more.
    /// </summary>
    /// <param name="after">The message.</param>
    /// <param name="isAnew">
    /// Whether messages up to this one may never have been delivered: the consumer has no cursor, or the ledger no longer holds them. The
    /// consumer then has to read what it needs from the readings.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task BeginAsync(long after, bool isAnew, CancellationToken cancellationToken);

    /// <summary>
    /// Processes a batch. If it throws, it gets the same readings again after some seconds. It may get readings that it knows already.
    /// </summary>
    Task TakeAsync(ArrivalBatch batch, CancellationToken cancellationToken);
}
