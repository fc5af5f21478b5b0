using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Counts what this process asks of a network: names looked up, connections begun, requests sent.</summary>
internal sealed class NetworkWatch : EventListener
{
    private static readonly string[] Sources =
        ["System.Net.Sockets", "System.Net.NameResolution", "System.Net.Http", "System.Net.Security"];
    private readonly ConcurrentQueue<string> seen = new();

    public IReadOnlyCollection<string> Seen => seen;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (Sources.Contains(eventSource.Name)) EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName is "ConnectStart" or "ResolutionStart" or "RequestStart" or "HandshakeStart")
            seen?.Enqueue(
                $"{eventData.EventSource.Name}: {eventData.EventName} {string.Join(", ", eventData.Payload ?? [])}");
    }
}
