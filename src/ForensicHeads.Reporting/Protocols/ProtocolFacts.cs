using ForensicHeads.Reporting.Html;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>What the page of a protocol shows besides its results.</summary>
/// <param name="Command">The command that makes it again.</param>
/// <param name="Environment">Package versions, device, CPU, without times.</param>
public sealed record ProtocolFacts(string Command, IReadOnlyList<ReportFact> Environment);
