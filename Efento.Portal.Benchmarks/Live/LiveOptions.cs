namespace Efento.Portal.Benchmarks.Live;

/// <summary>What is measured.</summary>
/// <param name="Circuits">Circuits beside the visible page.</param>
/// <param name="Rate">Messages a second beside the measured ones.</param>
/// <param name="Loggers">Loggers on the overview.</param>
/// <param name="Samples">How often is measured, each time more than a second after the last.</param>
/// <param name="Chromium">The browser's program.</param>
/// <param name="Directory">Where the database is put.</param>
/// <param name="Port">The port used on 127.0.0.1.</param>
internal sealed record LiveOptions(int Circuits, double Rate, int Loggers, int Samples, string Chromium, string Directory, int Port);
