namespace ForensicHeads.Generator.Heads;

/// <summary>Which step of fine-tuning a head was taken from, chosen by a shot that was kept from learning.</summary>
/// <param name="Step">Generator updates behind the head; 0 is the feed-forward start.</param>
/// <param name="Steps">Updates that were run.</param>
/// <param name="HeldOutShot">Which of the shots was held out, from 0.</param>
/// <param name="HeldOutLoss">Its content loss at the kept step.</param>
/// <param name="LastLoss">Its content loss after the last step; null when that was no number.</param>
public sealed record KeptStep(int Step, int Steps, int HeldOutShot, double HeldOutLoss, double? LastLoss);
