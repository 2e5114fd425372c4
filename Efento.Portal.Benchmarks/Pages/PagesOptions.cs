namespace Efento.Portal.Benchmarks.Pages;

/// <summary>What is measured.</summary>
/// <param name="Loggers">Measuring points on the overview, a multiple of ten.</param>
/// <param name="Visits">First visits, each with an empty browser.</param>
/// <param name="Circuits">Circuits of the overview held at once while memory is measured.</param>
/// <param name="Seconds">For how long the CPU is watched, without pages and with them.</param>
/// <param name="Chromium">The browser's program.</param>
/// <param name="Directory">Where the database is put.</param>
/// <param name="Port">The port used on 127.0.0.1.</param>
internal sealed record PagesOptions(int Loggers, int Visits, int Circuits, double Seconds, string Chromium, string Directory, int Port);
