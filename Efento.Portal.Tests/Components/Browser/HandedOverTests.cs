using Efento.Portal.Components.Browser;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Efento.Portal.Tests.Components.Browser;

/// <summary>What a component loads is handed over from the prerendered page to the circuit, or the page would blink.</summary>
public sealed class HandedOverTests
{
    /// <summary>Fields filled before the first wait, not shown, known to a browser alone, or of components never prerendered.</summary>
    private static readonly HashSet<string> NeedNot =
    [
        "AccountPage._signedIn",
        "AlarmChart._details", "AlarmChart._isStale", "HistorySheet._isStale", "PointPage._isStale", "SiteStatus._loggers",
        "QuarantinePage._selected", "QuarantinePage._shownAddress", "MaintenancePage._zoneOfBrowser", "AlarmsPage._zoneOfBrowser",
        "DeliveriesPage._zoneOfBrowser",
        "IssuedPanel._last", "IssuedPanel._refusals", "IssuedPanel._sinceUtc",
        "PreviewChart._charts", "PreviewChart._details", "PreviewChart._isStale", "PreviewChart._loaded",
    ];

    [Fact]
    public void Fields_FilledByLoadAsync_AreHandedOver()
    {
        using var program = ModuleDefinition.ReadModule(typeof(AskingComponent).Assembly.Location);
        var components = program.Types.Where(type => IsAsking(type) && type.Methods.Any(IsWaiting)).ToList();

        var forgotten =
            from component in components
            from field in FilledByLoading(component)
            where field.CustomAttributes.All(a => a.AttributeType.Name != nameof(HandedOverAttribute))
            let name = $"{component.Name}.{field.Name}"
            where !NeedNot.Contains(name)
            select name;

        Assert.InRange(components.Count, 15, int.MaxValue);
        var names = forgotten.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(names.Count == 0, $"These fields need [HandedOver]: {string.Join(", ", names)}.");
    }

    private static bool IsAsking(TypeDefinition type) =>
        type is { IsAbstract: false, BaseType: not null } && Bases(type).Any(b => b.Name == nameof(AskingComponent));

    /// <summary>What is loaded without waiting is there at once, in the circuit too.</summary>
    private static bool IsWaiting(MethodDefinition method) => method.Name == "LoadAsync" && StateMachine(method).Any();

    private static IEnumerable<TypeDefinition> Bases(TypeDefinition type)
    {
        for (var b = type.BaseType; b?.FullName.StartsWith("Efento.", StringComparison.Ordinal) is true; b = b.Resolve().BaseType)
        {
            yield return b.Resolve();
        }
    }

    private static IEnumerable<FieldDefinition> FilledByLoading(TypeDefinition component) =>
        from method in Reached(component, component.Methods.Where(m => m.Name == "LoadAsync"))
        from instruction in method.Body.Instructions
        where instruction.OpCode == OpCodes.Stfld
        let field = ((FieldReference)instruction.Operand).Resolve()
        where field?.DeclaringType == component
        select field;

    /// <summary>The methods with everything of the component that they call, and the state machines in which they go on.</summary>
    private static IReadOnlyCollection<MethodDefinition> Reached(TypeDefinition component, IEnumerable<MethodDefinition> from)
    {
        var waiting = new Queue<MethodDefinition>(from);
        HashSet<MethodDefinition> reached = [];
        while (waiting.TryDequeue(out var method))
        {
            if (method.HasBody && reached.Add(method))
            {
                foreach (var next in Called(component, method))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<MethodDefinition> Called(TypeDefinition component, MethodDefinition method) =>
        method.Body.Instructions
            .Select(i => (i.Operand as MethodReference)?.Resolve())
            .OfType<MethodDefinition>()
            .Concat(StateMachine(method))
            .Where(called => called.DeclaringType == component || called.DeclaringType.DeclaringType == component);

    private static IEnumerable<MethodDefinition> StateMachine(MethodDefinition method) =>
        method.CustomAttributes
            .Where(a => a.AttributeType.Name == "AsyncStateMachineAttribute")
            .SelectMany(a => ((TypeReference)a.ConstructorArguments[0].Value).Resolve().Methods.Where(m => m.Name == "MoveNext"));
}
