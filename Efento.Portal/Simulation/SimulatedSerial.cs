using Efento.Portal.Simulation.Sensors;

namespace Efento.Portal.Simulation;

/// <summary>
/// Serial numbers of simulated devices: 12 upper-case hex digits, the same for the same seed, different for each index below 2^24 of one
/// seed. Loggers begin with 282C02, as the vendor's do; gateways with 282C03, so that the two never meet.
/// </summary>
internal static class SimulatedSerial
{
    private const int Mask = 0xFF_FFFF;

    /// <summary>A logger's serial.</summary>
    public static string OfLogger(ulong seed, int index) => Of("282C02", seed, index);

    /// <summary>A gateway's serial.</summary>
    public static string OfGateway(ulong seed, int index) => Of("282C03", seed, index);

    private static string Of(string block, ulong seed, int index) =>
        $"{block}{((int)(DeterministicNoise.Hash(seed, -1) & Mask) + index) & Mask:X6}";
}
