using Efento.Portal.Arrivals;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Support;

/// <summary>A consumer of what was stored that writes down what it was told, or does what a test wants.</summary>
internal sealed class RecordingConsumer(string name = "recorder") : IArrivalConsumer
{
    private readonly Lock _lock = new();
    private readonly List<ArrivalBatch> _taken = [];
    private readonly List<(long After, bool IsAnew)> _begun = [];
    private long _done;

    /// <summary>What it does before it writes down what it was told; nothing unless a test says so.</summary>
    public Func<ArrivalBatch, CancellationToken, Task> OnTake { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Whether what it was told counts as done.</summary>
    public bool IsDurable { get; set; } = true;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public long? Done => Interlocked.Read(ref _done);

    /// <summary>After which messages it began.</summary>
    public IReadOnlyList<(long After, bool IsAnew)> Begun
    {
        get
        {
            lock (_lock)
            {
                return [.. _begun];
            }
        }
    }

    /// <summary>What it was told, in order.</summary>
    public IReadOnlyList<ArrivalBatch> Taken
    {
        get
        {
            lock (_lock)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>Every span it was told of.</summary>
    public IReadOnlyList<ArrivalSpan> Spans => [.. Taken.SelectMany(batch => batch.Spans)];

    /// <summary>The last message it was told of; 0 before the first.</summary>
    public long LastId => Taken is [.., var last] ? last.LastId : 0;

    /// <summary>Registers it with a portal.</summary>
    public void AddTo(WebApplicationBuilder builder) => builder.Services.AddSingleton<IArrivalConsumer>(this);

    /// <inheritdoc/>
    public Task BeginAsync(long after, bool isAnew, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _begun.Add((after, isAnew));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task TakeAsync(ArrivalBatch batch, CancellationToken cancellationToken)
    {
        await OnTake(batch, cancellationToken);
        lock (_lock)
        {
            _taken.Add(batch);
        }

        if (IsDurable)
        {
            Interlocked.Exchange(ref _done, batch.LastId);
        }
    }
}
