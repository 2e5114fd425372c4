namespace Efento.Portal.Benchmarks.Memory;

/// <summary>What is measured.</summary>
/// <param name="Loggers">Measuring points, a multiple of ten.</param>
/// <param name="Circuits">Pages held open all the time: overviews, gateways and measuring points by turns.</param>
/// <param name="Walls">Connections to the live hub beside them.</param>
/// <param name="Pause">From one visit to the next of somebody who opens a page and leaves it; zero for none.</param>
/// <param name="Duration">For how long.</param>
/// <param name="Rate">Messages a second, each of ten loggers.</param>
/// <param name="Directory">Where the database is put.</param>
/// <param name="Port">The port used on 127.0.0.1.</param>
internal sealed record MemoryOptions(
    int Loggers, int Circuits, int Walls, TimeSpan Pause, TimeSpan Duration, double Rate, string Directory, int Port);
