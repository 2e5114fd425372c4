using System.Runtime.InteropServices;

namespace Efento.Portal.Backup;

/// <summary>Runs work on a thread of its own that gets the processor when nobody else needs it.</summary>
internal static partial class Background
{
    private const int Process = 0;
    private const int ThisThread = 0;
    private const int Last = 19;

    /// <summary>Runs it.</summary>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            if (OperatingSystem.IsLinux())
            {
                // Linux lowers the thread alone that asks. The thread ends with the work.
                _ = SetPriority(Process, ThisThread, Last);
            }

            return work();
        },
        cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
