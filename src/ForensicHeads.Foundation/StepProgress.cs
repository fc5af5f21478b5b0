namespace ForensicHeads.Foundation;

/// <summary>How far a long call has come. Sent through <see cref="IProgress{T}"/>.</summary>
/// <param name="Stage">What is being done, in a few words.</param>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
/// <param name="Unit">The unit, plural: frames, steps, files.</param>
/// <param name="Note">A short extra such as the current loss, or null.</param>
public sealed record StepProgress(string Stage, long Done, long Total, string Unit, string? Note = null);
