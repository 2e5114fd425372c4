namespace Efento.Portal.Tests.Support;

/// <summary>Waits for what happens beside the test, never longer than a limit.</summary>
public static class Until
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a test waits for what should happen at once: a busy machine fails no test, and one that fails ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Waits until a condition holds, with <see cref="Patience"/> unless told otherwise.</summary>
    public static Task TrueAsync(Func<bool> condition, TimeSpan? limit = null) => TrueAsync(() => Task.FromResult(condition()), limit);

    /// <summary>Waits until a condition holds, with <see cref="Patience"/> unless told otherwise.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="limit">How long.</param>
    /// <param name="every">How often it is asked for; every 10 ms if null.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null, TimeSpan? every = null)
    {
        using var deadline = new CancellationTokenSource(limit ?? Patience);
        using var timer = new PeriodicTimer(every ?? Every);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"What was waited for did not happen within {limit ?? Patience}.");
            }
        }
    }
}
