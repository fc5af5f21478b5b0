using System.Text.Json;

namespace ForensicHeads.Foundation.Evidence;

/// <summary>What an evidence log whose chain holds says.</summary>
/// <param name="Facts">Those of every event, in order.</param>
/// <param name="Files">The files it lists whose bytes are as listed.</param>
/// <param name="Faults">What is not as it lists.</param>
public sealed record EvidenceContent(IReadOnlyList<JsonElement> Facts, IReadOnlyList<EvidenceFile> Files, IReadOnlyList<EvidenceFault> Faults);
