using Efento.Portal.Ingest.Transactions;

namespace Efento.Portal.Ingest;

/// <summary>
/// The only writer of messages. All waiting messages become one transaction, which is synced to disk before any of them is answered 201
/// (group commit). A large message is stored in portions, with other messages in between.
/// </summary>
internal sealed partial class IngestWriter(IngestQueue queue, BatchWriter batches, IngestCommitter committer, ILogger<IngestWriter> log)
    : BackgroundService, IHostedLifecycleService
{
    private readonly List<PendingMessage> _batch = [];
    private readonly PortionQueue _portions = new();

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Runs while the server still listens. New messages are answered 503; messages accepted before are committed and answered 201.
    /// </summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => DrainAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is null or { IsCompleted: true })
        {
            committer.Dispose();
        }
    }

    /// <summary>Runs until the queue is closed and all its messages are committed and answered.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!_portions.IsEmpty || await queue.WaitAsync(CancellationToken.None))
        {
            await WriteBatchAsync();
            if (!_portions.IsEmpty)
            {
                await WritePortionAsync(_portions.Current);
                _portions.Next();
            }
        }
    }

    private async Task WriteBatchAsync()
    {
        queue.TakeAll(_batch);
        var taken = _batch.Count;
        _portions.TakeFrom(_batch);
        if (_batch.Count > 0)
        {
            await batches.WriteAsync(_batch);
        }

        // Complete them after they have left the queue, so that an answered message no longer counts as waiting.
        queue.Done(taken);
        _batch.ForEach(message => message.Complete());
        _batch.Clear();
    }

    private async Task WritePortionAsync(PortionedMessage large)
    {
        if (queue.IsClosed)
        {
            large.Message.Decide(IngestOutcome.Later(IngestWords.Of(new QueueFault(QueueFaultKind.Closed))));
        }
        else
        {
            await batches.WriteAsync(large);
        }

        if (large.Message.IsDecided)
        {
            large.Message.Complete();
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        try
        {
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogStuck(log);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database did not store the waiting messages in time. Gateways were not told that they are stored and will send them again")]
    private static partial void LogStuck(ILogger log);
}
