using Mono.Cecil;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>Everything pages let people change, and what the program really calls: each feature's change asks for who acts.</summary>
internal static class PageActions
{
    private const string Actor = "Efento.Portal.Access.Actor";
    private const string Components = "Efento.Portal.Components";

    /// <summary>The cases.</summary>
    public static IReadOnlyList<PageAction> All { get; } =
    [
        .. TokenActions.All, .. LoggerActions.All, .. MaintenanceActions.All, .. QuarantineActions.All, .. PeopleActions.All,
        .. LocationActions.All, .. GatewayActions.All, .. ScreenActions.All, .. NoteActions.All,
        .. SettingsActions.All, .. AlarmPageActions.All, .. RuleActions.All, .. ChannelActions.All, .. NotificationActions.All,
        .. BackupActions.All,
    ];

    /// <summary>A case by its name.</summary>
    public static PageAction Of(string name) => All.Single(action => action.Name == name);

    /// <summary>Every call of a component, or of what pages post to, to something that is done in somebody's name.</summary>
    public static IReadOnlyList<string> Calls() =>
    [
        .. from call in MethodsCalled()
           where call.Called.Parameters.Any(p => p.ParameterType.FullName == Actor) && !IsOfPages(call.Called.DeclaringType)
           select $"{call.Caller.Name} → {call.Called.DeclaringType.Name}.{call.Called.Name}",
    ];

    /// <summary>The components that say themselves in whose name something is done.</summary>
    public static IReadOnlyList<string> Namers() =>
    [
        .. from call in MethodsCalled()
           where call.Called.DeclaringType.FullName == Actor && call.Called.Name is ".ctor" or "get_Portal" or "get_Command"
           select call.Caller.Name,
    ];

    private static IEnumerable<(TypeDefinition Caller, MethodReference Called)> MethodsCalled()
    {
        using var program = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);
        var calls =
            from type in program.MainModule.Types
            where IsOfPages(type)
            from part in WithNested(type)
            from method in part.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            let called = instruction.Operand as MethodReference
            where called is not null
            select (type, called);
        return [.. calls.DistinctBy(call => (call.type, call.called.FullName))];
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(WithNested)];

    private static bool IsOfPages(TypeReference type) => Outermost(type).Namespace.StartsWith(Components, StringComparison.Ordinal);

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
