using Efento.Portal.Components.People;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Efento.Portal.Components.Browser;

/// <summary>
/// A component that shows what a query tells and asks again when that changed: after a signal of the feed, when whoever looks may see
/// more or less than before, and when the browser returns.
/// With nothing arriving it asks nothing.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private IDisposable? _subscription;
    private LiveKey[] _keys = [];
    private bool _isDisposed;

    /// <summary>Changes within this time are shown together; the first at once.</summary>
    protected virtual TimeSpan Throttle => TimeSpan.FromMilliseconds(250);

    /// <summary>The circuit's browser.</summary>
    [Inject]
    protected BrowserPresence Browser { get; set; } = null!;

    /// <summary>How whoever looks wants to see values and times.</summary>
    [Inject]
    protected ViewPreferences View { get; set; } = null!;

    [Inject]
    private AuthenticationStateProvider Person { get; set; } = null!;

    [Inject]
    private LiveFeed Feed { get; set; } = null!;

    /// <summary>Asks for everything shown, after <see cref="Follow"/>: what changes meanwhile is then not missed.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Asks again whenever one of these keys was published; takes the place of those followed before. Nothing while prerendering.</summary>
    protected void Follow(params LiveKey[] keys)
    {
        if (RendererInfo.IsInteractive && !_isDisposed && !keys.SequenceEqual(_keys))
        {
            _subscription?.Dispose();
            _subscription = Feed.Subscribe(keys, Throttle, OnChangedAsync);
            _keys = keys;
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            Browser.Returned += ShowChangesAsync;
            View.Changed += OnPreferencesChanged;
            Person.AuthenticationStateChanged += OnPersonChanged;
        }
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LoadAsync();

    /// <summary>Asks again and shows it.</summary>
    protected async Task ReloadAsync()
    {
        if (!_isDisposed)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        Browser.Returned -= ShowChangesAsync;
        View.Changed -= OnPreferencesChanged;
        Person.AuthenticationStateChanged -= OnPersonChanged;
        _subscription?.Dispose();
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called once when the component goes.</summary>
    protected virtual void Leave()
    {
    }

    private void OnPersonChanged(Task<AuthenticationState> state) => _ = ShowChangesAsync();

    // Without a browser nobody looks; its return asks for everything.
    private Task OnChangedAsync() => Browser.IsHere ? ShowChangesAsync() : Task.CompletedTask;

    private void OnPreferencesChanged() => _ = OnChangedAsync();

    /// <summary>Asks again from whatever thread, and shows it; a failure is the page's.</summary>
    protected async Task ShowChangesAsync()
    {
        try
        {
            // A signal comes from wherever something happened, which speaks no language or another.
            View.Speak();
            await InvokeAsync(ReloadAsync);
        }
        catch (Exception exception) when (!_isDisposed)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
