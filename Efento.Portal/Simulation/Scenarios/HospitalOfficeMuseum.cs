using Efento.Portal.Simulation.Sensors;

namespace Efento.Portal.Simulation.Scenarios;

/// <summary>
/// A hospital's pharmacy, an office with its server room, and a museum. Its thirty days contain the events of a typical year. Times are
/// counted back from the present, hours are those of a zone, and names are in the current language; everything else depends only on
/// <see cref="Seed"/>.
/// </summary>
internal static class HospitalOfficeMuseum
{
    /// <summary>The length of the past.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(30);

    private const ulong Seed = 2026;
    private const int SensorFault = 8_388_607;
    private const string VaccineFridge = "vaccine-fridge", Freezer = "freezer", Room = "controlled-room", Showcase = "museum";
    private static readonly TimeSpan AllTheTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(3), Seldom = TimeSpan.FromMinutes(5);

    private static string[] InPharmacy => [ScenarioText.Hospital, ScenarioText.Pharmacy];

    /// <summary>The scenario whose past ends at <paramref name="nowUtc"/>.</summary>
    /// <param name="nowUtc">The end of the past.</param>
    /// <param name="zone">The zone of the site.</param>
    public static Scenario Until(DateTimeOffset nowUtc, TimeZoneInfo zone)
    {
        var times = new Times(nowUtc, zone);
        var leak = new Onset();
        var boilerRoom = Logger(13, ScenarioText.BoilerRoom, [ScenarioText.Office, ScenarioText.Basement], LoggerKind.Room, Seldom);
        return new Scenario
        {
            BeginUtc = nowUtc - Past,
            Gateways = [AtPharmacy(times), AtOffice(times, leak, boilerRoom), AtMuseum(times)],
            Unsynchronised = new(times.At(9, 10), boilerRoom.Device.Serial, ScenarioText.BoilerRoomRebuilt),
            Maintenance = (times.Period(18, 20, 0.75), ScenarioText.NewDisk),
            Incidents =
            [
                new(ScenarioIncidentKind.Leak, SerialOf(8), times.At(12, 7.5)),
                new(ScenarioIncidentKind.EmptyBattery, SerialOf(17), times.At(11, 10)),
                new(ScenarioIncidentKind.BrokenProbe, SerialOf(11), times.At(8, 16.5)),
                new(ScenarioIncidentKind.HotDay, SerialOf(7), times.At(6, 20.5)),
                new(ScenarioIncidentKind.DoorAjar, SerialOf(2), times.At(4, 19.2)),
            ],
            Leak = leak,
        };
    }

    private static string SerialOf(int index) => SimulatedSerial.OfLogger(Seed, index);

    private static ScenarioGateway AtPharmacy(Times times) => new(SimulatedSerial.OfGateway(Seed, 0), ScenarioText.Pharmacy,
    [
        Logger(0, ScenarioText.VaccineFridge(1), [.. InPharmacy, ScenarioText.ColdStore], LoggerKind.Fridge, Often, VaccineFridge),
        Logger(1, ScenarioText.VaccineFridge(2), [.. InPharmacy, ScenarioText.ColdStore], LoggerKind.FridgeWithDoor, Often, VaccineFridge),
        Logger(2, ScenarioText.InsulinFridge, [.. InPharmacy, ScenarioText.Dispensary], new("fridge left ajar", [
            new Warmed(new FridgeTemperature(), times.Period(4, 17.5, 1.6), 9, TimeSpan.FromMinutes(50)),
            new RelativeHumidity(),
        ]), Often, VaccineFridge),
        Logger(3, ScenarioText.PlasmaFreezer, [.. InPharmacy, ScenarioText.ColdStore], LoggerKind.Freezer, Often, Freezer),
        Logger(4, ScenarioText.UltraColdFreezer, [.. InPharmacy, ScenarioText.ColdStore], LoggerKind.UltraColdFreezer, Often, "ultra-cold"),
        Logger(5, ScenarioText.Dispensary, [.. InPharmacy, ScenarioText.Dispensary], LoggerKind.Room, Seldom, Room),
        Logger(6, ScenarioText.CleanRoom, [.. InPharmacy, ScenarioText.Compounding], LoggerKind.CleanRoom, Often, Room),
    ]);

    private static ScenarioGateway AtOffice(Times times, Onset leak, ScenarioLogger boilerRoom) => new(
        SimulatedSerial.OfGateway(Seed, 1),
        ScenarioText.Office,
    [
        Logger(7, ScenarioText.ServerRoom, [ScenarioText.Office, ScenarioText.GroundFloor], new("server room on a hot day", [
            new Warmed(new ServerRoomTemperature(), times.Period(6, 9, 8), 12, TimeSpan.FromHours(2.5)),
            new RelativeHumidity(),
        ]), Often, "server-room"),
        Logger(8, ScenarioText.ServerRoomFloor, [ScenarioText.Office, ScenarioText.GroundFloor], new("leak sensor in water", [
            new Sudden(
                new Interrupted(new LeakSensor(), times.Period(12, 3, 2.2), LeakSensor.Wet), leak, TimeSpan.FromMinutes(40),
                LeakSensor.Wet),
        ]), AllTheTime),
        Logger(9, ScenarioText.MeetingRoom, [ScenarioText.Office, ScenarioText.FirstFloor], LoggerKind.MeetingRoom, Often, Room),
        Logger(10, ScenarioText.OpenPlanOffice, [ScenarioText.Office, ScenarioText.FirstFloor], LoggerKind.MeetingRoom, Often, Room),
        Logger(11, ScenarioText.Archive, [ScenarioText.Office, ScenarioText.Basement], new("archive with a broken probe", [
            new Interrupted(
                new Interrupted(new RoomTemperature(), times.Period(8, 7, 6), SensorValue.ErrorCode(SensorFault)),
                times.Period(8, 13, 3), SensorValue.Failed),
            new RelativeHumidity(),
        ]), Seldom, Room),
        Logger(12, ScenarioText.MainEntrance, [ScenarioText.Office, ScenarioText.GroundFloor], LoggerKind.Door, Often),
        boilerRoom,
    ])
    { RestartUtc = times.At(5, 12.3) };

    private static ScenarioGateway AtMuseum(Times times)
    {
        var gap = new Period(times.At(14, 10.5), times.At(11, 9.2));
        var depot = Logger(
            17, ScenarioText.Depot, [ScenarioText.Museum, ScenarioText.Basement], LoggerKind.Showcase, Seldom, Showcase,
            new() { Off = [gap] });

        // With a new battery the logger's clock was reset; then its gateway set it.
        var reset = depot.Device.MeasureAt(gap.UntilUtc) with { MeasuredAtUtc = new(2000, 1, 1, 0, 0, 14, TimeSpan.Zero) };
        return new(SimulatedSerial.OfGateway(Seed, 2), ScenarioText.Museum,
        [
            Logger(14, ScenarioText.Manuscripts, [ScenarioText.Museum, ScenarioText.Gallery(2)], LoggerKind.Showcase, Seldom, Showcase),
            Logger(15, ScenarioText.Textiles, [ScenarioText.Museum, ScenarioText.Gallery(3)], LoggerKind.Showcase, Seldom, Showcase),
            Logger(
                16, ScenarioText.TowerRoom, [ScenarioText.Museum, ScenarioText.Tower], LoggerKind.Room, Seldom, Room,
                new() { Signal = -95 }),
            depot,
            Logger(
                18, ScenarioText.CafeFridge, [ScenarioText.Museum, ScenarioText.Cafe], new("fridge left ajar during the outage", [
                    new Warmed(new FridgeTemperature(), times.Period(2, 9, 1.6), 9, TimeSpan.FromMinutes(50)),
                    new RelativeHumidity(),
                ]), Often, VaccineFridge,
                new() { BatteryLowFromUtc = times.At(3, 4) }),
            Logger(
                19, ScenarioText.CafeFreezer, [ScenarioText.Museum, ScenarioText.Cafe], LoggerKind.Freezer, Often, Freezer,
                new() { Off = [Period.Since(times.NowUtc.AddHours(-26))] }),
            Logger(20, "", [], LoggerKind.Room, Seldom, behaviour: new() { Off = [Period.Until(times.NowUtc.AddHours(-20))] }),
        ])
        {
            Offline = times.Period(2, 8, 6.5),
            Mistake = (gap.UntilUtc, reset),
        };
    }

    // Each logger measures at a different moment within the interval, so that the tiles don't change all at once.
    private static ScenarioLogger Logger(
        int index, string name, string[] location, LoggerKind kind, TimeSpan interval, string? template = null,
        LoggerBehaviour? behaviour = null) =>
        new(
            VirtualLogger.Create(
                Seed, index, interval, kind, TimeSpan.FromSeconds(8 * index),
                behaviour ?? new() { BatteryLowFromUtc = DateTimeOffset.MaxValue }), name, location)
        {
            Template = template,
        };

    private sealed record Times(DateTimeOffset NowUtc, TimeZoneInfo Zone)
    {
        /// <summary>An hour of the day so many days before today.</summary>
        public DateTimeOffset At(int daysAgo, double hour)
        {
            var local = TimeZoneInfo.ConvertTime(NowUtc, Zone).Date.AddDays(-daysAgo).AddHours(hour);
            return new DateTimeOffset(local - Zone.GetUtcOffset(local), TimeSpan.Zero);
        }

        /// <summary>So many hours from then on.</summary>
        public Period Period(int daysAgo, double hour, double hours) => new(At(daysAgo, hour), At(daysAgo, hour + hours));
    }
}
