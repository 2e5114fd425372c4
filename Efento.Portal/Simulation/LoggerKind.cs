using Efento.Portal.Simulation.Sensors;

namespace Efento.Portal.Simulation;

/// <summary>What a simulated logger measures, channel by channel; the first sensor is channel 1.</summary>
/// <param name="Name">Its name, for display.</param>
/// <param name="Sensors">One to six sensors.</param>
public sealed record LoggerKind(string Name, IReadOnlyList<SensorModel> Sensors)
{
    /// <summary>A fridge: temperature and humidity.</summary>
    public static LoggerKind Fridge { get; } = new("fridge", [new FridgeTemperature(), new RelativeHumidity()]);

    /// <summary>A fridge with a contact on its door: temperature and open-close.</summary>
    public static LoggerKind FridgeWithDoor { get; } = new("fridge with door contact", [new FridgeTemperature(), new DoorContact()]);

    /// <summary>A freezer: temperature.</summary>
    public static LoggerKind Freezer { get; } = new("freezer", [new FreezerTemperature()]);

    /// <summary>A room: temperature and humidity.</summary>
    public static LoggerKind Room { get; } = new("room", [new RoomTemperature(), new RelativeHumidity()]);

    /// <summary>A meeting room: CO₂, temperature and humidity.</summary>
    public static LoggerKind MeetingRoom { get; } = new(
        "meeting room", [new CarbonDioxide(), new RoomTemperature(), new RelativeHumidity()]);

    /// <summary>A door: open-close.</summary>
    public static LoggerKind Door { get; } = new("door", [new DoorContact()]);

    /// <summary>An ageing room sensor whose temperature fails once in fifty measurements.</summary>
    public static LoggerKind AgeingRoom { get; } =
        new("ageing room sensor", [new UnreliableSensor(new RoomTemperature(), 0.02), new RelativeHumidity()]);

    /// <summary>An ultra-cold freezer: temperature.</summary>
    public static LoggerKind UltraColdFreezer { get; } = new("ultra-cold freezer", [new UltraColdTemperature()]);

    /// <summary>A server room: temperature and humidity.</summary>
    public static LoggerKind ServerRoom { get; } = new("server room", [new ServerRoomTemperature(), new RelativeHumidity()]);

    /// <summary>A showcase of a museum: temperature and humidity.</summary>
    public static LoggerKind Showcase { get; } = new("showcase", [new RoomTemperature(), new ShowcaseHumidity()]);

    /// <summary>A leak sensor on a floor.</summary>
    public static LoggerKind Leak { get; } = new("leak sensor", [new LeakSensor()]);

    /// <summary>A clean room: differential pressure, temperature and humidity.</summary>
    public static LoggerKind CleanRoom { get; } = new(
        "clean room", [new PressureDifference(), new RoomTemperature(), new RelativeHumidity()]);

    /// <summary>The mix of loggers of a simulated site; about two values each.</summary>
    public static IReadOnlyList<LoggerKind> Mix { get; } =
    [
        Fridge, Room, FridgeWithDoor, Freezer, MeetingRoom, Fridge, Door, Room, MeetingRoom, AgeingRoom,
        UltraColdFreezer, ServerRoom, Showcase, Leak, CleanRoom,
    ];
}
