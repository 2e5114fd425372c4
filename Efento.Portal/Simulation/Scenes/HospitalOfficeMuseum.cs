using Efento.Portal.Simulation.Sensors;

namespace Efento.Portal.Simulation.Scenes;

/// <summary>
/// A hospital's pharmacy, an office with its server room and a museum: thirty days that have in them what a site lives through in a year.
/// Times are counted back from the present; everything else depends on <see cref="Seed"/> alone.
/// </summary>
public static class HospitalOfficeMuseum
{
    /// <summary>How much of the past is told.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(30);

    private const ulong Seed = 2026;
    private const int SensorFault = 8_388_607;
    private const string Hospital = "Szpital Miejski", Pharmacy = "Apteka Szpitalna", Office = "Biuro Centralne", Museum = "Muzeum Miejskie";

    private static readonly TimeSpan Often = TimeSpan.FromMinutes(3), Seldom = TimeSpan.FromMinutes(5);

    /// <summary>The scene whose past ends at <paramref name="nowUtc"/>.</summary>
    public static Scene Until(DateTimeOffset nowUtc)
    {
        var times = new Times(nowUtc);
        var boilerRoom = Logger(13, "Boiler room", [Office, "Basement"], LoggerKind.Room, Seldom);
        return new Scene
        {
            BeginUtc = nowUtc - Past,
            Gateways = [AtPharmacy(times), AtOffice(times, boilerRoom), AtMuseum(times)],
            Unsynchronised = new(times.At(9, 10), boilerRoom.Device.Serial, "The boiler room is rebuilt until spring"),
            Maintenance = (times.Stretch(18, 20, 0.75), "New disk in the server"),
        };
    }

    private static SceneGateway AtPharmacy(Times times) => new(SimulatedSerial.OfGateway(Seed, 0), Pharmacy,
    [
        Logger(0, "Vaccine fridge 1", [Hospital, Pharmacy, "Cold store"], LoggerKind.Fridge, Often),
        Logger(1, "Vaccine fridge 2", [Hospital, Pharmacy, "Cold store"], LoggerKind.FridgeWithDoor, Often),
        Logger(2, "Insulin fridge", [Hospital, Pharmacy, "Dispensary"], new("fridge left ajar", [
            new Warmed(new FridgeTemperature(), times.Stretch(4, 17.5, 1.6), 9, TimeSpan.FromMinutes(50)),
            new RelativeHumidity(),
        ]), Often),
        Logger(3, "Plasma freezer", [Hospital, Pharmacy, "Cold store"], LoggerKind.Freezer, Often),
        Logger(4, "Ultra-cold freezer", [Hospital, Pharmacy, "Cold store"], LoggerKind.UltraColdFreezer, Often),
        Logger(5, "Dispensary", [Hospital, Pharmacy, "Dispensary"], LoggerKind.Room, Seldom),
        Logger(6, "Clean room", [Hospital, Pharmacy, "Compounding"], LoggerKind.CleanRoom, Often),
    ]);

    private static SceneGateway AtOffice(Times times, SceneLogger boilerRoom) => new(SimulatedSerial.OfGateway(Seed, 1), Office,
    [
        Logger(7, "Server room", [Office, "Ground floor"], new("server room on a hot day", [
            new Warmed(new ServerRoomTemperature(), times.Stretch(6, 9, 8), 12, TimeSpan.FromHours(2.5)),
            new RelativeHumidity(),
        ]), Often),
        Logger(8, "Server room floor", [Office, "Ground floor"], new("leak sensor in water", [
            new Interrupted(new LeakSensor(), times.Stretch(12, 3, 2.2), LeakSensor.Wet),
        ]), Often),
        Logger(9, "Meeting room", [Office, "First floor"], LoggerKind.MeetingRoom, Often),
        Logger(10, "Open-plan office", [Office, "First floor"], LoggerKind.MeetingRoom, Often),
        Logger(11, "Archive", [Office, "Basement"], new("archive with a broken probe", [
            new Interrupted(
                new Interrupted(new RoomTemperature(), times.Stretch(8, 7, 6), SensorValue.ErrorCode(SensorFault)),
                times.Stretch(8, 13, 3), SensorValue.Failed),
            new RelativeHumidity(),
        ]), Seldom),
        Logger(12, "Main entrance", [Office, "Ground floor"], LoggerKind.Door, Often),
        boilerRoom,
    ])
    { RestartUtc = times.At(5, 12.3) };

    private static SceneGateway AtMuseum(Times times)
    {
        var gap = new Stretch(times.At(14, 10.5), times.At(11, 9.2));
        var depot = Logger(17, "Depot", [Museum, "Basement"], LoggerKind.Showcase, Seldom, new() { Off = [gap] });

        // With its new battery the logger's clock began again; then its gateway set it.
        var reset = depot.Device.MeasureAt(gap.UntilUtc) with { MeasuredAtUtc = new(2000, 1, 1, 0, 0, 14, TimeSpan.Zero) };
        return new(SimulatedSerial.OfGateway(Seed, 2), Museum,
        [
            Logger(14, "Showcase: manuscripts", [Museum, "Gallery 2"], LoggerKind.Showcase, Seldom),
            Logger(15, "Showcase: textiles", [Museum, "Gallery 3"], LoggerKind.Showcase, Seldom),
            Logger(16, "Tower room", [Museum, "Tower"], LoggerKind.Room, Seldom, new() { Signal = -95 }),
            depot,
            Logger(18, "Café fridge", [Museum, "Café"], LoggerKind.Fridge, Often, new() { BatteryLowFromUtc = times.At(3, 4) }),
            Logger(19, "Café freezer", [Museum, "Café"], LoggerKind.Freezer, Often, new() { Off = [Stretch.Since(times.NowUtc.AddHours(-26))] }),
            Logger(20, "", [], LoggerKind.Room, Seldom, new() { Off = [Stretch.Until(times.NowUtc.AddHours(-20))] }),
        ])
        {
            Offline = times.Stretch(2, 8, 6.5),
            Mistake = (gap.UntilUtc, reset),
        };
    }

    // Each at a moment of its own within the interval, so that the tiles don't change all at once.
    private static SceneLogger Logger(int index, string name, string[] location, LoggerKind kind, TimeSpan interval, LoggerStory? story = null) =>
        new(VirtualLogger.Create(Seed, index, interval, kind, TimeSpan.FromSeconds(8 * index), story ?? new() { BatteryLowFromUtc = DateTimeOffset.MaxValue }), name, location);

    private sealed record Times(DateTimeOffset NowUtc)
    {
        /// <summary>An hour (UTC) of the day so many days before today.</summary>
        public DateTimeOffset At(int daysAgo, double hour) => new DateTimeOffset(NowUtc.UtcDateTime.Date, TimeSpan.Zero).AddDays(-daysAgo).AddHours(hour);

        /// <summary>So many hours from then on.</summary>
        public Stretch Stretch(int daysAgo, double hour, double hours) => new(At(daysAgo, hour), At(daysAgo, hour + hours));
    }
}
