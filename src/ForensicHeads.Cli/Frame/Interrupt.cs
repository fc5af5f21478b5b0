using System.Runtime.InteropServices;

namespace ForensicHeads.Cli.Frame;

/// <summary>Ctrl-C and SIGTERM: the first asks the command to stop in order, the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action onFirst;

    public Interrupt(Action onFirst)
    {
        this.onFirst = onFirst;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }) registrations.Add(
            PosixSignalRegistration.Create(signal, Handle));
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        if (source.IsCancellationRequested) return;
        signal.Cancel = true;
        onFirst();
        _ = source.CancelAsync();
    }
}
