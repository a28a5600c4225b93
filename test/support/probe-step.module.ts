import { Controller, Get, Inject, Module, Post, Req, Res, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InteractionModule, PendingSignIns, SIGN_IN_STEPS, SignIns, type SignInStep } from '#interaction/index.js';
import type { Settings } from '#platform/config/index.js';
import { AppModule } from '../../src/app.module.js';

/** Two steps that everybody has to go through whose name begins with `stepper`. */
@Controller('probe-step')
class ProbeStepController implements OnModuleInit {
  constructor(
    @Inject(SIGN_IN_STEPS) private readonly steps: SignInStep[],
    private readonly pending: PendingSignIns,
    private readonly signIns: SignIns,
  ) {}

  onModuleInit(): void {
    for (const name of ['first', 'second']) {
      this.steps.push({
        name,
        path: `/probe-step/${name}`,
        isDue: ({ done }, { user }) => Promise.resolve(user.username.startsWith('stepper') && !done.includes(name)),
      });
    }
  }

  @Get(':name')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    if (visit !== undefined) void reply.send({ user: visit.user.username, proven: visit.pending.amr });
  }

  /** Says that the step is done, as a real one does after its proof. */
  @Post(':name')
  async pass(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pending.open(request, reply);
    const step = request.url.split(/[/?]/)[2] ?? '';
    if (visit !== undefined) await this.signIns.proceed(request, reply, visit, { step, amr: ['otp'], factor: step });
  }
}

/** The whole service with two more steps of a sign-in. */
@Module({ imports: [InteractionModule], controllers: [ProbeStepController] })
export class ProbeStepModule {
  static forRoot(settings: Settings): DynamicModule {
    return { module: ProbeStepModule, imports: [AppModule.forRoot(settings)] };
  }
}
