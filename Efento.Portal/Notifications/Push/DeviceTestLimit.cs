namespace Efento.Portal.Notifications.Push;

/// <summary>
/// How many tests of devices an account may send: enough to try each device out. A browser may name any address as its push service, so
/// that the portal must not be made to call it again and again. Thread-safe.
/// </summary>
internal sealed class DeviceTestLimit(TimeProvider time)
{
    /// <summary>The most tests of an account within <see cref="Within"/>.</summary>
    public const int Most = 5;

    /// <summary>The time in which tests are counted.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Queue<long>> _tests = [];

    /// <summary>Counts a test, if the account may send one.</summary>
    public bool MayTest(int userId)
    {
        lock (_lock)
        {
            if (!_tests.TryGetValue(userId, out var its))
            {
                _tests[userId] = its = new(Most);
            }

            while (its.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Within)
            {
                its.Dequeue();
            }

            if (its.Count >= Most)
            {
                return false;
            }

            its.Enqueue(time.GetTimestamp());
            return true;
        }
    }
}
