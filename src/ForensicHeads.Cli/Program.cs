using Spectre.Console;

// The one place that touches the process's own console; everything else is handed a CliContext. Spectre knows a terminal by the console's
// own error stream, so that the tolerant one must be that.
Console.SetError(new TolerantWriter(Console.Error));
LibtorchFolder.LoadInTime();
var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
var context = new CliContext(Console.Out, Console.Error, terminal, TimeProvider.System);
using var interrupt = new Interrupt(() => context.Error.WriteLine("forensicheads: stopping; Ctrl-C once more stops at once."));
return await CommandLine.RunAsync(args, context, interrupt.Token).ConfigureAwait(false);
