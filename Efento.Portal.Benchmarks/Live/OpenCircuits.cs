using System.Diagnostics;

namespace Efento.Portal.Benchmarks.Live;

/// <summary>Circuits held at once.</summary>
internal sealed class OpenCircuits : IAsyncDisposable
{
    private readonly List<Circuit> _circuits = [];

    private OpenCircuits()
    {
    }

    /// <summary>Each of them.</summary>
    public IReadOnlyList<Circuit> All => _circuits;

    /// <summary>How many the server gave up.</summary>
    public int Failed => _circuits.Count(c => c.Error is not null);

    /// <summary>Renderings they received.</summary>
    public long Renderings => _circuits.Sum(c => c.Renderings);

    /// <summary>Opens one page so many times and waits until each has been rendered.</summary>
    /// <exception cref="InvalidOperationException">One was not within <paramref name="patience"/>.</exception>
    public static Task<OpenCircuits> OpenAsync(Visitor visitor, Uri address, int count, TimeSpan patience, CancellationToken stopping) =>
        OpenAsync(visitor, Enumerable.Repeat(address, count), patience, stopping);

    /// <summary>Opens pages and waits until each has been rendered.</summary>
    /// <exception cref="InvalidOperationException">One was not within <paramref name="patience"/>.</exception>
    public static async Task<OpenCircuits> OpenAsync(
        Visitor visitor, IEnumerable<Uri> addresses, TimeSpan patience, CancellationToken stopping)
    {
        var open = new OpenCircuits();
        try
        {
            foreach (var address in addresses)
            {
                open._circuits.Add(await Circuit.OpenAsync(visitor, address, stopping));
            }

            for (var waited = Stopwatch.StartNew();
                open._circuits.Exists(c => c.Renderings == 0 && c.Error is null);
                await Task.Delay(50, stopping))
            {
                if (waited.Elapsed > patience)
                {
                    throw new InvalidOperationException("A circuit received nothing.");
                }
            }

            return open;
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var circuit in _circuits)
        {
            await circuit.DisposeAsync();
        }
    }
}
