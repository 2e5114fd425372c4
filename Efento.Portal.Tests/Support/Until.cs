namespace Efento.Portal.Tests.Support;

/// <summary>Waits for what happens beside the test, never longer than a limit.</summary>
public static class Until
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a condition holds; 20 seconds at most unless told otherwise.</summary>
    public static Task TrueAsync(Func<bool> condition, TimeSpan? limit = null) => TrueAsync(() => Task.FromResult(condition()), limit);

    /// <summary>Waits until a condition holds; 20 seconds at most unless told otherwise.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        using var deadline = new CancellationTokenSource(limit ?? Limit);
        using var timer = new PeriodicTimer(Every);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"What was waited for did not happen within {limit ?? Limit}.");
            }
        }
    }
}
